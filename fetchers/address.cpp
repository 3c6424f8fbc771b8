#include "fetchers/address.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace agreementd::fetchers {
namespace {

using Bytes = std::vector<std::uint8_t>;  // 4 or 16, as on the wire; none: no address

Bytes bytes_of(const std::string& text) {
  Bytes bytes(16);
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  bytes.resize(4);
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return bytes;
  return {};
}

Bytes bytes_of(const sockaddr& address) {
  const auto copy = [&address](std::size_t offset, std::size_t size) {
    Bytes bytes(size);
    std::memcpy(bytes.data(), reinterpret_cast<const char*>(&address) + offset, size);
    return bytes;
  };
  if (address.sa_family == AF_INET) return copy(offsetof(sockaddr_in, sin_addr), 4);
  if (address.sa_family == AF_INET6) return copy(offsetof(sockaddr_in6, sin6_addr), 16);
  return {};
}

struct Network {
  Bytes base;
  std::size_t bits = 0;

  [[nodiscard]] bool holds(const Bytes& address) const {
    if (base.empty() || address.size() != base.size()) return false;
    const std::size_t whole = bits / 8;
    if (!std::equal(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.begin()))
      return false;
    const unsigned rest = 8U - static_cast<unsigned>(bits % 8);
    return rest == 8 || (base[whole] >> rest) == (address[whole] >> rest);
  }
};

/// Without a base where it is none.
Network network_of(const std::string& text) {
  const auto slash = text.find('/');
  Network network{bytes_of(text.substr(0, slash))};
  network.bits = network.base.size() * 8;
  if (slash == std::string::npos) return network;
  const std::string length = text.substr(slash + 1);
  const bool is_number = !length.empty() && length.size() <= 3 &&
                         length.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || std::stoul(length) > network.bits) return {};
  network.bits = std::stoul(length);
  return network;
}

template <std::size_t Count>
bool any_holds(const std::array<Network, Count>& networks, const Bytes& address) {
  return std::any_of(networks.begin(), networks.end(),
                     [&address](const Network& network) { return network.holds(address); });
}

bool is_internal(const Bytes& address) {
  static const std::array networks{
      network_of("0.0.0.0/8"),       // this network
      network_of("10.0.0.0/8"),      // private
      network_of("100.64.0.0/10"),   // shared, behind a carrier's NAT
      network_of("169.254.0.0/16"),  // link-local; the metadata of clouds
      network_of("172.16.0.0/12"),   // private
      network_of("192.0.0.0/24"),    // protocol assignments
      network_of("192.0.2.0/24"),    // documentation
      network_of("192.88.99.0/24"),  // relays of 6to4
      network_of("192.168.0.0/16"),  // private
      network_of("198.18.0.0/15"),   // benchmarks
      network_of("198.51.100.0/24"), network_of("203.0.113.0/24"),  // documentation
      network_of("224.0.0.0/4"),                                    // multicast
      network_of("240.0.0.0/4"),                                    // reserved, broadcast
      network_of("2001::/23"),                                      // protocol assignments, Teredo
      network_of("2001:db8::/32"),                                  // documentation
      network_of("2002::/16"),                                      // 6to4: an IPv4 address, any
      network_of("3fff::/20"),                                      // documentation
  };
  static const Network global_unicast = network_of("2000::/3");
  const bool outside = address.size() == 16 && !global_unicast.holds(address);
  return address.empty() || outside || any_holds(networks, address);
}

bool is_loopback(const Bytes& address) {
  static const std::array networks{network_of("127.0.0.0/8"), network_of("::1")};
  return any_holds(networks, address);
}

Zone zone_of_bytes(Bytes address) {
  static const Network mapped = network_of("::ffff:0:0/96");
  static const Network nat64 = network_of("64:ff9b::/96");
  const bool translated = nat64.holds(address);
  if (translated || mapped.holds(address)) address.erase(address.begin(), address.end() - 4);
  if (is_loopback(address)) return translated ? Zone::internal : Zone::loopback;
  return is_internal(address) ? Zone::internal : Zone::internet;
}

}  // namespace

Zone zone_of(const sockaddr& address) { return zone_of_bytes(bytes_of(address)); }

std::optional<Zone> zone_of(const std::string& host) {
  const Bytes bytes = bytes_of(host);
  if (bytes.empty()) return std::nullopt;
  return zone_of_bytes(bytes);
}

bool is_in_network(const std::string& host, const std::string& network) {
  return network_of(network).holds(bytes_of(host));
}

}  // namespace agreementd::fetchers
