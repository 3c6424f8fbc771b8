#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/result.h"

namespace agreementd::web {

/// Where to listen.
struct Endpoint {
  std::string address;     ///< IPv4 or IPv6 in numbers, without brackets
  std::uint16_t port = 0;  ///< 0: any that is free

  bool operator==(const Endpoint&) const = default;
};

/// `127.0.0.1:9287`, `[::1]:9287` or `localhost:9287` (which is 127.0.0.1). Other names are
/// refused: where we listen is not for a name server to say. The error is one line that shows what
/// is right.
Result<Endpoint> parse_endpoint(std::string_view text);
/// As it is parsed: an IPv6 address in brackets.
std::string to_string(const Endpoint& endpoint);

}  // namespace agreementd::web
