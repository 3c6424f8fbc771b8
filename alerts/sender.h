#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "alerts/message.h"
#include "fetchers/delivery.h"

namespace agreementd::alerts {

/// All that is ever sent.
using Content = std::variant<Message, NoticeMessage, Sample>;

inline std::string message_id(const Content& content) {
  return std::visit([](const auto& each) { return message_id(each); }, content);
}

/// What became of it.
struct Sent {
  fetchers::Delivery delivery = fetchers::Delivery::failed;
  std::string detail;  ///< of what was not delivered: one line, without a secret
  std::optional<std::chrono::seconds> retry_after;  ///< asked of us
  std::string answer;    ///< what the other side said, to be shown to a person with care
  bool went_on = false;  ///< of what was not delivered: a part of it was, which was not before
};

/// The way to one place.
class Sender {
 public:
  Sender() = default;
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  virtual ~Sender() = default;
  /// Sends it once. Throws `fetchers::Cancelled` soon after `stop` was requested.
  virtual Sent send(const Content& content, std::stop_token stop) = 0;
};

}  // namespace agreementd::alerts
