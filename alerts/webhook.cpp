#include "alerts/webhook.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alerts/json_lines.h"
#include "model/base64.h"

namespace agreementd::alerts {
namespace {

std::string body(std::string_view data, Instant made, std::string_view type) {
  return fmt::format(R"({{"data":{},"timestamp":"{}","type":"{}"}})", data, to_string(made), type);
}

std::string signature(std::string_view content, const WebhookSecret& secret) {
  const auto code = hmac_sha256(secret.key(), content);
  return "v1," + base64(std::string(code.bytes.begin(), code.bytes.end()));
}

}  // namespace

std::string webhook_body(const Message& message, Instant made) {
  std::vector<std::string> entries;
  for (const auto& item : message.items) entries.push_back(item_json(item));
  return body(fmt::format(R"({{"entries":[{}]}})", fmt::join(entries, ",")), made, "changes");
}

std::string webhook_body(const NoticeMessage& message, Instant made) {
  return body(notice_json(message), made, "notice");
}

std::string webhook_body(const Sample& sample) {
  return body(sample_json(sample), sample.at, "test");
}

WebhookHeaders webhook_headers(const std::string& id, Instant sent, std::string_view body,
                               const std::vector<WebhookSecret>& secrets) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(sent).time_since_epoch().count();
  WebhookHeaders headers{id, std::to_string(seconds), ""};
  const auto content = fmt::format("{}.{}.{}", id, headers.timestamp, body);
  std::vector<std::string> signatures;
  for (const auto& secret : secrets) signatures.push_back(signature(content, secret));
  headers.signature = fmt::format("{}", fmt::join(signatures, " "));
  return headers;
}

}  // namespace agreementd::alerts
