#include "fetchers/address_gate.h"

#include <sys/socket.h>

namespace agreementd::fetchers {
namespace {

curl_socket_t open_socket(void* to, curlsocktype, curl_sockaddr* address) noexcept {
  auto& gate = *static_cast<AddressGate*>(to);
  if (!gate.lets_through(zone_of(address->addr))) {
    ++gate.refused;
    return CURL_SOCKET_BAD;
  }
  ++gate.opened;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace

bool AddressGate::lets_through(Zone zone) const {
  if (loopback) return zone == Zone::loopback;
  return anything || zone == Zone::internet;
}

void pass_through(CURL* easy, AddressGate& gate) {
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &gate);
}

}  // namespace agreementd::fetchers
