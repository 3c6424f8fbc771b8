#pragma once

#include <map>
#include <string>
#include <vector>

#include <httplib.h>

#include "web/connection.h"
#include "web/route.h"

namespace agreementd::web {

/// HTTP, by cpp-httplib: it reads the request and writes the answer. Its sockets and threads are
/// not used: they can be neither limited nor stopped as we must. Its constructor makes the process
/// ignore SIGPIPE.
class Protocol : private httplib::Server {
 public:
  explicit Protocol(std::vector<Route> routes);

  /// One request and its answer. May be called from several threads. Throws what the library does
  /// (no memory).
  void serve(Connection& connection);

 private:
  using Handler = std::function<Answer(const Request&)>;

  void answer(const httplib::Request& request, httplib::Response& response) const;
  [[nodiscard]] Answer answer(const httplib::Request& request) const;
  template <typename Self>
  static void process(Self& self, Connection& connection);

  std::map<std::string, Handler> handlers_;  // by path
};

}  // namespace agreementd::web
