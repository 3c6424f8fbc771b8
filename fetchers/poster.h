#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "fetchers/delivery.h"
#include "model/clock.h"

/// POSTs to URLs that others gave, as webhooks are: such a URL may be a secret, path and query, and
/// may point where it must not.
namespace agreementd::fetchers {

/// What is sent, and where to.
struct Post {
  std::string url;
  std::string content_type;  ///< of the body; not empty
  std::string body;          ///< sent as it is
  /// More header lines: name and value. Content-Type, those that frame the message (Host,
  /// Content-Length, Transfer-Encoding, …) and those of the connection are not theirs to set.
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// What became of it.
struct Posted {
  Delivery delivery = Delivery::failed;
  std::optional<int> status;  ///< of HTTP; absent: there was no answer
  /// Of what was not delivered: one line in words. Of the URL it has scheme and host and no more,
  /// and nothing of what the server wrote but its status.
  std::string detail;
  std::optional<std::chrono::seconds> retry_after;  ///< asked of us, at most a day; not delivered
  std::string beginning;  ///< of the answer's body as it came, at most `largest_answer` bytes:
                          ///< anything at all, to be shown to a person with care
  std::chrono::milliseconds duration{0};
};

struct PostSettings {
  std::string user_agent = {};
  std::string ca_file = {};  ///< PEM of authorities to trust; empty: the system's
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{15'000};  ///< of all of it
  bool private_addresses = false;             ///< may be posted to; the operator's to decide
  std::size_t largest_answer = 4U << 10U;     ///< bytes that are kept
};

/// Why `url` is never posted to, as far as it shows that itself, in words without a secret;
/// nothing: it may be. What its name leads to is seen only when it is posted to.
std::optional<std::string> fault_of_hook(const std::string& url, bool private_addresses);

/// Posts one thing after the other, over connections it keeps. One thread.
class Poster {
 public:
  /// `clock` must outlive it; `alive` is called at least every second while an answer is waited
  /// for. Throws std::runtime_error where this libcurl cannot do what is demanded of it.
  Poster(
      PostSettings settings, const Clock& clock, std::function<void()> alive = [] {});
  ~Poster();
  Poster(Poster&&) noexcept;
  Poster& operator=(Poster&&) noexcept;

  /// POSTs once. It does not try again by itself, but for a kept connection that turns out to be
  /// dead before a byte of an answer.
  ///
  /// https only (TLS 1.2 or newer, HTTP/2 where the server can), http only to loopback; no user
  /// name or password in the URL; no redirects. An address that is not the Internet's is refused
  /// unless `private_addresses`, whatever name leads there: what counts is the address that is
  /// connected to (`fetchers/address.h`). Loopback is posted to only where the URL's host is itself
  /// loopback (127.0.0.0/8, ::1, localhost), or by `private_addresses`.
  ///
  /// Proxies by the usual variables (`fetchers/proxy.h`), never to loopback. Behind a proxy it is
  /// the proxy that looks the name up and connects: whoever chose it has chosen its address, which
  /// is not checked, and it has to guard its own network. A private address in the URL itself is
  /// refused all the same.
  ///
  /// Delivered is a 2xx whose answer came whole, or its first MiB: no more is read. A 2xx that
  /// breaks off or stalls is `failed`: whether the receiver has acted is unknown, and twice is
  /// better than never. What is refused without asking (a bad URL or header, an address) is
  /// `refused`, without a status. No address, no connection, no TLS and no answer in time are
  /// `failed`. Throws `Cancelled` (`fetchers/fetcher.h`), within a second after `stop` was
  /// requested, and nothing else.
  Posted post(const Post& post, std::stop_token stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace agreementd::fetchers
