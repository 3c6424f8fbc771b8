#pragma once

#include <string>
#include <string_view>

#include "model/result.h"

/// What may stand in the headers of an e-mail: these types hold nothing else, so that no header can
/// be made of an address.
namespace agreementd::alerts {

/// One `addr-spec` of RFC 5322 in ASCII, without quotes, comments, display name or angle brackets:
/// `alerts@example.org`. The part before the @ has 64 characters at most, the host 253 (RFC 5321).
class EmailAddress {
 public:
  /// Error: what is wrong with it, and what is right.
  static Result<EmailAddress> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// What is behind the @.
  [[nodiscard]] std::string host() const { return text_.substr(text_.rfind('@') + 1); }

 private:
  explicit EmailAddress(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// What mail programs file by (RFC 2919): `changes.alerts.example.org`, like a host's name of two
/// labels or more, 255 characters at most.
class ListId {
 public:
  /// Error: what is wrong with it, and what is right.
  static Result<ListId> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit ListId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace agreementd::alerts
