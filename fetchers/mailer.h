#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "fetchers/delivery.h"

/// Mail, handed to the server that the operator names (SMTP, RFC 5321).
namespace agreementd::fetchers {

/// A message and its envelope.
struct Mail {
  std::string sender;                   ///< `local@domain`, bare: no name, no brackets
  std::vector<std::string> recipients;  ///< the same; at least one
  std::string message;                  ///< RFC 5322, every line ended by CRLF
};

/// What became of it.
struct Mailed {
  Delivery delivery = Delivery::failed;  ///< never `gone`
  std::optional<int> reply;  ///< the server's (RFC 5321, 4.2), of what was not delivered where it
                             ///< said no itself
  bool about_us = false;     ///< that reply is not to the mail: it would be the same to another
  std::string detail;  ///< of what was not delivered: one line in words, with the reply's number,
                       ///< without its text
  std::string answer;  ///< that reply, or the one that took it, as it came; 4 KB of it at most
  std::chrono::milliseconds duration{0};
};

struct MailSettings {
  std::string url = {};   ///< `smtps://HOST[:PORT]`: TLS from the start; `smtp://HOST[:PORT]`:
                          ///< STARTTLS, which the server must offer, but to loopback in the clear
  std::string user = {};  ///< empty: without authentication
  std::string password = {};  ///< in no message
  std::string ca_file = {};   ///< PEM of authorities to trust; empty: the system's
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{60'000};  ///< of one mail, all of it
};

/// Why mail is never handed to a server at `url` (scheme, login, path), in words without a secret;
/// nothing: it may be.
std::optional<std::string> fault_of_mail_server(const std::string& url);

/// Hands over one mail after the other, each over a connection of its own. One thread.
class Mailer {
 public:
  /// `alive` is called at least every second of an exchange, and must not throw. Throws
  /// std::runtime_error where this libcurl cannot do what is demanded of it.
  explicit Mailer(
      MailSettings settings, std::function<void()> alive = [] {});
  ~Mailer();
  Mailer(Mailer&&) noexcept;
  Mailer& operator=(Mailer&&) noexcept;

  /// Hands it over once. TLS 1.2 or newer, with a certificate that is trusted; no proxy.
  ///
  /// Delivered: the server has taken the message for every recipient; where it refuses one of them,
  /// nobody gets it. Refused: a 5xx to the sender, a recipient or the message, or a mail that
  /// cannot be sent at all (an address with spaces or brackets, a line not ended by CRLF). Failed:
  /// all else. That is 4xx; no address, connection, TLS or answer in time; a server that wants
  /// nothing to do with us (a 5xx before there is a mail), or whose authentication fails or is
  /// missing (530, 534, 535, 538): the operator has to mend that, and until then no mail is lost.
  /// Where the answer to the message is lost, the server may have taken it. Throws `Cancelled`
  /// (`fetchers/fetcher.h`), about a second after `stop` was requested at most, and nothing else.
  Mailed send(const Mail& mail, std::stop_token stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace agreementd::fetchers
