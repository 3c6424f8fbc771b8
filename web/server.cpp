#include "web/server.h"

#include <array>
#include <cerrno>
#include <utility>

#include <poll.h>

#include "web/connection.h"
#include "web/protocol.h"
#include "web/socket.h"
#include "web/workers.h"

namespace agreementd::web {

struct Server::Implementation {
  Implementation(const Endpoint& endpoint, std::vector<Route> routes, const Limits& allowed)
      : limits(allowed), protocol(std::move(routes)), listening(listen_at(endpoint)) {
    workers.start(limits.threads, [this] { work(); });
  }

  /// One thread: a client, the next client … until all is to end.
  void work() {
    while (wait_for_client()) {
      const auto client = accept_client(listening.number());
      if (client.is_open())
        serve(client.number());
      else
        rest(errno);
    }
  }

  /// False: all is to end.
  [[nodiscard]] bool wait_for_client() const {
    std::array<pollfd, 2> watched{pollfd{listening.number(), POLLIN, 0},
                                  pollfd{workers.stop(), POLLIN, 0}};
    poll(watched.data(), watched.size(), -1);
    return watched[1].revents == 0;
  }

  /// After a client that could not be accepted. Where there is no room (for one descriptor more)
  /// the client still waits: trying again at once would keep the processor busy.
  void rest(int error) const {
    if (error == EAGAIN || error == EWOULDBLOCK || error == ECONNABORTED || error == EINTR) return;
    constexpr int pause = 100;  // milliseconds
    pollfd stopped{workers.stop(), POLLIN, 0};
    poll(&stopped, 1, pause);
  }

  void serve(int client) {
    Connection connection(client, workers.stop(), limits);
    try {
      protocol.serve(connection);
    } catch (...) {
      return;  // no memory for it: the client sees the connection close
    }
    connection.finish();
  }

  Limits limits;
  Protocol protocol;
  Descriptor listening;
  Workers workers;  // the last: its threads use the others
};

Server::Server(const Endpoint& endpoint, Pages pages, const Limits& limits)
    : Server(endpoint, routes_of(std::move(pages)), limits) {}

Server::Server(const Endpoint& endpoint, std::vector<Route> routes, const Limits& limits)
    : implementation_(std::make_unique<Implementation>(endpoint, std::move(routes), limits)) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return port_of(implementation_->listening.number()); }

}  // namespace agreementd::web
