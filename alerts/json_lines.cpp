#include "alerts/json_lines.h"

#include <fmt/format.h>

#include "model/json.h"

namespace agreementd::alerts {
namespace {

/// The members of an entry's object, without the braces.
std::string members(const LoggedEntry& logged) {
  return fmt::format(R"("entry":{},"hash":"{}")", logged.text, to_hex(logged.hash));
}

std::string member(std::string_view name, const std::optional<LoggedEntry>& logged) {
  return logged ? fmt::format(R"(,"{}":{{{}}})", name, members(*logged)) : "";
}

}  // namespace

std::string item_json(const Item& item) {
  return fmt::format("{{{}{}{}}}", members(item.logged), member("application", item.application),
                     member("retracted", item.retracted));
}

std::string notice_json(const NoticeMessage& message) {
  const auto& [notice, opened_at, closed_at] = message;
  const auto closed =
      closed_at ? fmt::format(R"(,"closed_at":"{}")", to_string(*closed_at)) : std::string();
  return fmt::format(R"({{"kind":{},"subject":{},"text":{},"status":"{}","opened_at":"{}"{}}})",
                     json_string(notice.kind), json_string(notice.subject),
                     json_string(notice.text), closed_at ? "closed" : "opened",
                     to_string(opened_at), closed);
}

std::string sample_json(const Sample& sample) {
  return fmt::format(R"({{"text":{},"sink":{}}})", json_string(sample_text),
                     json_string(sample.sink));
}

std::string json_line(const Item& item) { return item_json(item) + "\n"; }

std::string json_line(const NoticeMessage& message) {
  return fmt::format("{{\"notice\":{}}}\n", notice_json(message));
}

std::string json_line(const Sample& sample) {
  return fmt::format("{{\"test\":{}}}\n", sample_json(sample));
}

}  // namespace agreementd::alerts
