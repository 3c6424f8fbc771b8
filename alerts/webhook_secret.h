#pragma once

#include <string>
#include <string_view>

#include "model/result.h"

namespace agreementd::alerts {

/// The key that a webhook's messages are signed with. It has no way into a message or a log.
class WebhookSecret {
 public:
  /// Of `whsec_` and the base64 of 24 to 64 bytes, as Standard Webhooks 1.0 writes it. Error: what
  /// is wrong, which never repeats any of the text.
  static Result<WebhookSecret> parse(std::string_view text);

  /// The bytes to sign with.
  [[nodiscard]] const std::string& key() const { return key_; }

 private:
  explicit WebhookSecret(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

}  // namespace agreementd::alerts
