#include "web/socket.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "model/result.h"

namespace agreementd::web {
namespace {

constexpr int waiting_clients = 64;  // connections the kernel keeps for us

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = sizeof(sockaddr_storage);

  sockaddr* get() { return reinterpret_cast<sockaddr*>(&bytes); }
};

template <typename Kind>
Address packed(const Kind& value) {
  Address address;
  std::memcpy(&address.bytes, &value, sizeof value);
  address.size = sizeof value;
  return address;
}

Address address_of(const Endpoint& endpoint) {
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(endpoint.port);
  if (inet_pton(AF_INET6, endpoint.address.c_str(), &six.sin6_addr) == 1) return packed(six);
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(endpoint.port);
  if (inet_pton(AF_INET, endpoint.address.c_str(), &four.sin_addr) == 1) return packed(four);
  throw Failure(
      fmt::format("cannot listen on {}: this is no address in numbers; set http.listen "
                  "to one, as in 127.0.0.1:9287",
                  to_string(endpoint)));
}

std::string reason(int error) {
  switch (error) {
    case EADDRINUSE:
      return "a program, maybe this one, listens there already; end it, or set http.listen to "
             "another port";
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return "this machine has no such address; set http.listen to one of its own, as in "
             "127.0.0.1:9287";
    case EACCES:
      return "this user may not have this port; set http.listen to one of 1024 or more";
    default:
      return std::generic_category().message(error) + "; see to it, or set http.listen to another";
  }
}

[[noreturn]] void refuse(const Endpoint& endpoint, int error) {
  throw Failure(fmt::format("cannot listen on {}: {}", to_string(endpoint), reason(error)));
}

void switch_on(int socket, int level, int option) {
  const int on = 1;
  setsockopt(socket, level, option, &on, sizeof on);
}

}  // namespace

Descriptor::~Descriptor() {
  if (is_open()) close(number_);
}

Descriptor listen_at(const Endpoint& endpoint) {
  auto address = address_of(endpoint);
  Descriptor listening(
      socket(address.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listening.is_open()) refuse(endpoint, errno);
  // After a restart, connections of the last run do not keep the port; another listener still does.
  switch_on(listening.number(), SOL_SOCKET, SO_REUSEADDR);
  if (address.bytes.ss_family == AF_INET6) switch_on(listening.number(), IPPROTO_IPV6, IPV6_V6ONLY);
  if (bind(listening.number(), address.get(), address.size) != 0) refuse(endpoint, errno);
  if (listen(listening.number(), waiting_clients) != 0) refuse(endpoint, errno);
  return listening;
}

Descriptor accept_client(int listening) {
  return Descriptor(accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

std::uint16_t port_of(int socket) {
  Address address;
  if (getsockname(socket, address.get(), &address.size) != 0)
    throw std::system_error(errno, std::generic_category(), "getsockname");
  if (address.bytes.ss_family == AF_INET6)
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&address.bytes)->sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address.bytes)->sin_port);
}

}  // namespace agreementd::web
