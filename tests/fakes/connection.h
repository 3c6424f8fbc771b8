#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "tests/fakes/site.h"

namespace agreementd::fakes {

/// One client of the server: requests out of a socket, replies into it. Waits no longer than the
/// client stays; `shutdown` of the socket, which is the caller's, ends every wait.
class Connection {
 public:
  explicit Connection(int socket) : socket_(socket) {}

  /// The next request; nothing where the client leaves, or sends what is none.
  std::optional<Received> read();

  /// Whether another request may follow on this connection.
  bool write(const Received& request, const Reply& reply);

 private:
  /// Into `buffer_`; false where the client leaves.
  bool read_more();
  bool send(std::string_view bytes);
  bool send_body(const Reply& reply);
  bool send_piece(const Reply& reply, std::string_view piece);
  bool stays(std::chrono::milliseconds time);
  void wait_until_it_leaves();

  int socket_;
  std::string buffer_;  // read, and not yet part of a request
};

}  // namespace agreementd::fakes
