#include "web/endpoint.h"

#include <charconv>
#include <optional>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

namespace agreementd::web {
namespace {

bool is_address(int family, const std::string& text) {
  in6_addr bytes{};  // room for both kinds
  return text.find('\0') == std::string::npos && inet_pton(family, text.c_str(), &bytes) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, port);
  if (text.empty() || stopped != end || error != std::errc()) return std::nullopt;
  return port;
}

/// The address in numbers; nothing where `host` (in brackets, if it had any) is none.
std::optional<std::string> parse_host(std::string_view host) {
  if (host == "localhost") return "127.0.0.1";
  if (host.starts_with('[') && host.ends_with(']')) {
    std::string address(host.substr(1, host.size() - 2));
    if (is_address(AF_INET6, address)) return address;
  } else if (std::string address(host); is_address(AF_INET, address)) {
    return address;
  }
  return std::nullopt;
}

Error fault(std::string_view text, std::string_view why) {
  return {fmt::format("\"{}\" {}: write an address and a port, as in 127.0.0.1:9287 or [::1]:9287",
                      text, why)};
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
  if (is_address(AF_INET6, std::string(text)))
    return fault(text, "has no brackets around its IPv6 address, or no port");
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || text.ends_with(']')) return fault(text, "has no port");
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return fault(text, "has no port from 0 to 65535 after its last colon");
  const auto address = parse_host(text.substr(0, colon));
  if (!address) return fault(text, "has neither localhost nor an address before its port");
  return Endpoint{*address, *port};
}

std::string to_string(const Endpoint& endpoint) {
  if (endpoint.address.find(':') != std::string::npos)
    return fmt::format("[{}]:{}", endpoint.address, endpoint.port);
  return fmt::format("{}:{}", endpoint.address, endpoint.port);
}

}  // namespace agreementd::web
