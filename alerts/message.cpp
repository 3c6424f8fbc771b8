#include "alerts/message.h"

#include <initializer_list>

#include <fmt/format.h>

namespace agreementd::alerts {
namespace {

std::string id_of(const Sha256& hash) { return "msg_" + to_hex(hash).substr(0, 32); }

/// Of parts joined so that no two different lists of parts give the same text.
std::string id_of(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += fmt::format("{}:{}", part.size(), part);
  return id_of(sha256(text));
}

}  // namespace

std::string message_id(const Message& message) {
  if (message.items.size() == 1) return id_of(message.items.front().logged.hash);
  std::string hashes;
  for (const auto& item : message.items)
    hashes.append(item.logged.hash.bytes.begin(), item.logged.hash.bytes.end());
  return id_of(sha256(hashes));
}

std::string message_id(const NoticeMessage& message) {
  return id_of({"notice", message.notice.kind, message.notice.subject, to_string(message.opened_at),
                message.closed_at ? "closed" : "opened"});
}

std::string message_id(const Sample& sample) {
  return id_of({"test", sample.sink, to_string(sample.at)});
}

}  // namespace agreementd::alerts
