#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "fetchers/fetcher.h"

namespace agreementd::fetchers {

/// What is asked in one exchange.
struct Ask {
  std::string url;
  std::string if_none_match;
  std::string if_modified_since;
  std::chrono::milliseconds timeout{0};  ///< of all of it; at least one millisecond
  std::size_t largest_body = 0;          ///< decompressed, bytes
  bool beginning_will_do = false;        ///< of a larger body: then it is no failure
};

/// How an exchange failed, as far as it makes a difference.
enum class Fault { none, dns, tls, connection, timeout, broken, too_large };

/// What came in one exchange: one request, one answer, no redirects.
struct Exchange {
  Fault fault = Fault::none;
  std::string fault_text;  ///< one line
  int status = 0;          ///< 0: no answer
  std::string body;        ///< as much as came, at most `largest_body`
  std::string etag;        ///< headers as they came; empty: absent
  std::string last_modified;
  std::string content_disposition;
  std::string location;
  std::string retry_after;
};

/// A client's side of HTTP: curl, with its connections. One thread.
class Session {
 public:
  /// Throws std::runtime_error where curl cannot do what we demand of it.
  /// `alive` is called at least every second of an exchange.
  Session(const Settings& settings, std::function<void()> alive);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Throws `Cancelled`, at once, and nothing else.
  Exchange exchange(const Ask& ask, const std::stop_token& stop);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
  std::function<void()> alive_;
};

}  // namespace agreementd::fetchers
