#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "model/time.h"

/// What the server can be given to serve, whatever it is.
namespace agreementd::web {

/// What tells one state of a page from another (RFC 9110, 8.8).
struct Validators {
  std::string etag;  ///< with its quotes; empty: none, and the page is not to be kept anywhere
  std::optional<Instant> last_modified;  ///< only where no other state has that second
};

/// What was asked for. GET and HEAD are the same to a page: HEAD's body is not sent.
struct Request {
  std::string path;                               ///< decoded, from `/`, without the query
  std::multimap<std::string, std::string> query;  ///< decoded
  std::string host;                               ///< as sent; empty: none, or none that is one
  std::string if_none_match, if_modified_since;   ///< as sent; empty: not

  /// Whether the client has this very state (RFC 9110, 13.2.2). A time must be the very text of
  /// ours, as a client that has it from us sends it.
  [[nodiscard]] bool has(const Validators& validators) const;
};

/// What a page says.
struct Answer {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";  ///< Content-Type
  std::string body;
  Validators validators = {};
};

/// `Sat, 29 Aug 2026 17:00:00 GMT` (RFC 9110, 5.6.7).
std::string http_date(Instant instant);

/// A path, and what is there. `answer` runs on the server's threads, several at a time; what it
/// throws becomes a 500 that tells nothing of it. While one runs the server cannot end.
struct Route {
  std::string path;  ///< the whole of it: `/metrics`
  std::function<Answer(const Request&)> answer;
};

}  // namespace agreementd::web
