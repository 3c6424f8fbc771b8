#include "tests/integration/fetch_network.h"

#include <cerrno>
#include <cstdint>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace agreementd::fetchers {
namespace {

struct Network {
  std::mutex mutex;
  std::map<std::string, std::function<std::string()>> names;  // address, empty: none
  std::map<int, std::function<void()>> ports;
};
Network& network() {
  static Network instance;
  return instance;
}

template <typename Map, typename Key>
auto find(Map Network::*map, const Key& key) {
  const std::lock_guard lock(network().mutex);
  const auto found = (network().*map).find(key);
  return found == (network().*map).end() ? nullptr : found->second;
}

template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

int port_of(const sockaddr* address) {
  if (address->sa_family != AF_INET) return -1;
  return ntohs(reinterpret_cast<const sockaddr_in*>(address)->sin_port);
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

/// Tests have no network.
bool leaves_this_machine(const sockaddr* address) {
  if (address->sa_family != AF_INET) return false;
  const auto& ipv4 = *reinterpret_cast<const sockaddr_in*>(address);
  return ntohl(ipv4.sin_addr.s_addr) >> 24U != IN_LOOPBACKNET;
}

}  // namespace

FakeName::FakeName(std::string name, std::function<bool()> resolve)
    : FakeName(std::move(name), [resolve = std::move(resolve)] {
        return std::string(resolve() ? "127.0.0.1" : "");
      }) {}
FakeName::FakeName(std::string name, std::function<std::string()> address)
    : name_(std::move(name)) {
  const std::lock_guard lock(network().mutex);
  network().names[name_] = std::move(address);
}
FakeName::~FakeName() {
  const std::lock_guard lock(network().mutex);
  network().names.erase(name_);
}

ConnectWatch::ConnectWatch(int port, std::function<void()> connecting) : port_(port) {
  const std::lock_guard lock(network().mutex);
  network().ports[port] = std::move(connecting);
}
ConnectWatch::~ConnectWatch() {
  const std::lock_guard lock(network().mutex);
  network().ports.erase(port_);
}

MutePort::MutePort(int queue) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, queue) != 0 ||
      ::getsockname(listener_, generic, &size) != 0)
    throw std::runtime_error("no port to listen on");
  port_ = ntohs(address.sin_port);
}
MutePort::~MutePort() { ::close(listener_); }

FullPort::FullPort() : waiting_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const sockaddr_in address = loopback(port());
  if (::connect(waiting_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("no full port");
}
FullPort::~FullPort() { ::close(waiting_); }

}  // namespace agreementd::fetchers

extern "C" int getaddrinfo(const char* __restrict name, const char* __restrict service,
                           const addrinfo* __restrict hints, addrinfo** __restrict result) {
  using agreementd::fetchers::Network;
  static const auto pass_on = agreementd::fetchers::real<decltype(&getaddrinfo)>("getaddrinfo");
  if (name != nullptr) {
    const auto resolve = agreementd::fetchers::find(&Network::names, std::string(name));
    if (resolve) {
      const std::string address = resolve();
      return address.empty() ? EAI_NONAME : pass_on(address.c_str(), service, hints, result);
    }
    if (std::string_view(name).ends_with(".invalid")) return EAI_NONAME;
  }
  return pass_on(name, service, hints, result);
}

extern "C" int connect(int socket, const sockaddr* address, socklen_t size) {
  using agreementd::fetchers::Network;
  static const auto pass_on = agreementd::fetchers::real<decltype(&connect)>("connect");
  const auto watch =
      agreementd::fetchers::find(&Network::ports, agreementd::fetchers::port_of(address));
  if (watch) watch();
  if (agreementd::fetchers::leaves_this_machine(address)) {
    errno = ENETUNREACH;
    return -1;
  }
  return pass_on(socket, address, size);
}
