#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "web/endpoint.h"
#include "web/limits.h"
#include "web/pages.h"
#include "web/route.h"

namespace agreementd::web {

/// Serves pages over HTTP/1.1, one request to a connection, from construction to destruction. Only
/// GET and HEAD are answered; there is nothing but the routes. Nobody is asked who they are.
class Server {
 public:
  /// Failure: the port is taken or the address is not this machine's; one line that says what to
  /// do.
  Server(const Endpoint& endpoint, Pages pages, const Limits& limits = {});
  /// The same with any routes: later ones of the same path replace earlier ones.
  Server(const Endpoint& endpoint, std::vector<Route> routes, const Limits& limits = {});
  /// Takes well below a second whatever the clients do, but waits for a page that is being made.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The port we listen on: the endpoint's, or the one that was free.
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace agreementd::web
