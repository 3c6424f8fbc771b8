#pragma once

#include <cstddef>
#include <vector>

namespace agreementd::tracking {

/// A possible pair and what it costs (lower is better, not negative).
struct Pair {
  std::size_t left = 0;
  std::size_t right = 0;
  int cost = 0;
};

/// Of all ways to use each left and each right at most once, the one with the most pairs, and of
/// those the cheapest. Deterministic. Answers positions in `pairs`, ascending.
std::vector<std::size_t> assign(const std::vector<Pair>& pairs);

}  // namespace agreementd::tracking
