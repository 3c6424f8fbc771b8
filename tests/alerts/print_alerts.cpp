// Prints what each format makes of some messages, a JSON object a line: `what` it is, its `text`,
// and what the check needs to know of it.
#include <iostream>
#include <map>

#include <fmt/format.h>

#include "alerts/email.h"
#include "alerts/json_lines.h"
#include "alerts/slack.h"
#include "alerts/webhook.h"
#include "model/json.h"
#include "tests/alerts/samples.h"

namespace agreementd::alerts {
namespace {

constexpr const char* secrets[] = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                   "whsec_c2Vjb25kLXNlY3JldC1vZi0zMi1ieXRlcy1oZXJlIQ=="};

void print(const std::string& what, const std::map<std::string, std::string>& members) {
  std::string line = "{\"what\":" + json_string(what);
  for (const auto& [key, value] : members)
    line += "," + json_string(key) + ":" + json_string(value);
  std::cout << line << "}\n";
}

void print_webhook(const std::string& id, const std::string& body) {
  const auto headers =
      webhook_headers(id, sample_time, body,
                      {*WebhookSecret::parse(secrets[0]), *WebhookSecret::parse(secrets[1])});
  print("webhook", {{"text", body},
                    {"id", headers.id},
                    {"timestamp", headers.timestamp},
                    {"signature", headers.signature},
                    {"secrets", fmt::format("{} {}", secrets[0], secrets[1])}});
}

/// What people get. `lines` is what must be found in it.
void print_telling(const Telling& told) {
  std::string lines;
  for (const auto& part : told.parts) {
    lines += part.headline + "\n";
    for (const auto& detail : part.details) lines += detail + "\n";
  }
  for (const auto& payload : slack_payloads(told)) print("slack", {{"text", payload}});
  const EmailAddresses addresses{*EmailAddress::parse("alerts@example.org"),
                                 {*EmailAddress::parse("desk@example.net")},
                                 *ListId::parse("changes.example.org")};
  print("email", {{"text", email_text(told, addresses, sample_time)},
                  {"id", told.id},
                  {"subject", told.subject},
                  {"lines", lines}});
}

void print_message(const Message& message) {
  print_webhook(message_id(message), webhook_body(message, sample_time));
  print_telling(telling(message));
}

template <typename Operators>
void print_for_operator(const Operators& message, const std::string& body) {
  print("line", {{"text", json_line(message)}});
  print_webhook(message_id(message), body);
  print_telling(telling(message));
}

void print_all() {
  const auto all = sample_items();
  for (const auto& each : all) {
    print("entry", {{"text", each.logged.text}});
    print("line", {{"text", json_line(each)}, {"entry", each.logged.text}});
    print_message(Message{{each}});
  }
  print_message(Message{all});
  const NoticeMessage opened{
      {"silent", "pending", "nothing new:\r\nlook <there>"}, sample_time, {}};
  const NoticeMessage closed{opened.notice, sample_time, sample_time};
  const Sample sample{"desk", sample_time};
  print_for_operator(opened, webhook_body(opened, sample_time));
  print_for_operator(closed, webhook_body(closed, sample_time));
  print_for_operator(sample, webhook_body(sample));
}

}  // namespace
}  // namespace agreementd::alerts

int main() {
  agreementd::alerts::print_all();
  return std::cout.good() ? 0 : 1;
}
