#pragma once

#include <cstddef>
#include <string>

#include <curl/curl.h>

/// What is taken in of an answer.
namespace agreementd::fetchers {

/// A body, up to a limit; where more came `full`, and the exchange is ended.
struct Intake {
  std::string bytes;
  std::size_t limit = 0;
  bool full = false;
};
/// Must outlive the exchange.
void take_body(CURL* easy, Intake& body);

constexpr std::size_t largest_head = 256U << 10U;  ///< of all header lines together, bytes

/// Counts the headers, which curl keeps; more than `largest_head` end the exchange.
struct Head {
  std::size_t size = 0;
  bool ended = false;  ///< by the empty line; curl takes a connection that ends before it for that
  [[nodiscard]] bool too_large() const { return size > largest_head; }
};
constexpr auto cut_off_head = "the answer ends within its headers";
/// Must outlive the exchange.
void count_head(CURL* easy, Head& head);

}  // namespace agreementd::fetchers
