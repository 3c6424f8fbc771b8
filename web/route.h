#pragma once

#include <functional>
#include <map>
#include <string>

/// What the server can be given to serve, whatever it is.
namespace agreementd::web {

/// What was asked for. GET and HEAD are the same to a page: HEAD's body is not sent.
struct Request {
  std::string path;                               ///< decoded, from `/`, without the query
  std::multimap<std::string, std::string> query;  ///< decoded
};

/// What a page says.
struct Answer {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";  ///< Content-Type
  std::string body;
};

/// A path, and what is there. `answer` runs on the server's threads, several at a time; what it
/// throws becomes a 500 that tells nothing of it. While one runs the server cannot end.
struct Route {
  std::string path;  ///< the whole of it: `/metrics`
  std::function<Answer(const Request&)> answer;
};

}  // namespace agreementd::web
