#pragma once

#include <chrono>
#include <cstddef>

namespace agreementd::web {

/// What one client can cost us. The defaults are for a few probes and scrapers.
struct Limits {
  std::size_t threads = 8;                   ///< clients served at a time; the rest wait
  std::size_t request_bytes = 16'384;        ///< of a request, which has no body
  std::chrono::milliseconds request{3'000};  ///< from the connection to the end of the request
  std::chrono::milliseconds answer{5'000};   ///< from its first byte to its last
  std::chrono::milliseconds farewell{200};   ///< for the client to close after the answer
};

}  // namespace agreementd::web
