#pragma once

#include <optional>
#include <string>

#include <sys/socket.h>

/// Which addresses are the Internet's, and which are a machine's or a site's own.
namespace agreementd::fetchers {

enum class Zone {
  loopback,  ///< 127.0.0.0/8 and ::1, also written as an IPv4-mapped address
  internal,  ///< not the Internet's: private, link-local, shared, multicast, reserved (IANA's
             ///< special-purpose registries, RFC 6890), and whatever is no IP address
  internet,
};

/// An IPv4 address in an IPv6 one (mapped, NAT64: RFC 6052) counts as itself, but loopback behind a
/// NAT64 is internal.
Zone zone_of(const sockaddr& address);

/// The same of an address as text, IPv6 without brackets; nothing: it is a name.
std::optional<Zone> zone_of(const std::string& host);

/// Whether `host` is an address in `network`, as `10.0.0.0/8` or `fd00::/8`; without a length the
/// address itself. False where either is none.
bool is_in_network(const std::string& host, const std::string& network);

}  // namespace agreementd::fetchers
