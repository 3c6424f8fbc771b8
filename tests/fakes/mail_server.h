#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/fakes/mail_dialogue.h"

namespace agreementd::fakes {

/// An SMTP server on a free port of 127.0.0.1, without TLS, from construction to destruction. One
/// client after the other.
class MailServer {
 public:
  /// `heard` is called with each line of a client, on the server's thread, before it is answered.
  explicit MailServer(MailDialogue::Replies replies = {},
                      std::function<void(const std::string&)> heard = {});
  ~MailServer();
  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  [[nodiscard]] int port() const;
  /// Every line of every client so far, in order.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace agreementd::fakes
