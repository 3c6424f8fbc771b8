#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace agreementd::tracking {

/// Disjoint sets of the numbers 0 … count − 1; each is named by its least member.
class Sets {
 public:
  explicit Sets(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t member) {
    while (parent_[member] != member) member = parent_[member] = parent_[parent_[member]];
    return member;
  }
  void join(std::size_t one, std::size_t other) {
    const std::size_t a = root(one);
    const std::size_t b = root(other);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace agreementd::tracking
