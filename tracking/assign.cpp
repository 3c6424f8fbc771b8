#include "tracking/assign.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>

namespace agreementd::tracking {
namespace {

/// A pair that is none: dearer than any number of real ones.
constexpr std::int64_t forbidden = 1'000'000'000;
constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

using Matrix = std::vector<std::vector<std::int64_t>>;

/// The Hungarian method (Kuhn 1955, Munkres 1957; the O(n²m) form with potentials) for at most as
/// many rows as columns. Answers the row of each column, or `nobody`.
std::vector<std::size_t> cheapest(const Matrix& cost) {
  const auto rows = cost.size();
  const auto columns = cost.front().size();
  // Row and column 0 are sentinels, as the method is usually written.
  std::vector<std::int64_t> row_potential(rows + 1), column_potential(columns + 1);
  std::vector<std::size_t> row_of(columns + 1, 0), way(columns + 1, 0);
  for (std::size_t row = 1; row <= rows; ++row) {
    row_of[0] = row;
    std::size_t column = 0;
    std::vector<std::int64_t> least(columns + 1, std::numeric_limits<std::int64_t>::max());
    std::vector<bool> used(columns + 1, false);
    do {
      used[column] = true;
      const auto current = row_of[column];
      std::size_t next = 0;
      auto delta = std::numeric_limits<std::int64_t>::max();
      for (std::size_t j = 1; j <= columns; ++j) {
        if (used[j]) continue;
        const auto reduced =
            cost[current - 1][j - 1] - row_potential[current] - column_potential[j];
        if (reduced < least[j]) {
          least[j] = reduced;
          way[j] = column;
        }
        if (least[j] < delta) {
          delta = least[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= columns; ++j) {
        if (used[j]) {
          row_potential[row_of[j]] += delta;
          column_potential[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = way[column]) row_of[column] = row_of[way[column]];
  }
  std::vector<std::size_t> result(columns, nobody);
  for (std::size_t j = 1; j <= columns; ++j)
    if (row_of[j] != 0) result[j - 1] = row_of[j] - 1;
  return result;
}

/// Numbers 0, 1, … for the values, in ascending order.
std::map<std::size_t, std::size_t> number(std::vector<std::size_t> values) {
  std::map<std::size_t, std::size_t> numbers;
  std::sort(values.begin(), values.end());
  for (const auto value : values) numbers.emplace(value, numbers.size());
  return numbers;
}

/// Solves one connected part, given by positions in `pairs`.
void solve(const std::vector<Pair>& pairs, const std::vector<std::size_t>& part,
           std::vector<std::size_t>& chosen) {
  if (part.size() == 1) {
    chosen.push_back(part.front());
    return;
  }
  std::vector<std::size_t> lefts, rights;
  for (const auto position : part) {
    lefts.push_back(pairs[position].left);
    rights.push_back(pairs[position].right);
  }
  const auto left_number = number(lefts);
  const auto right_number = number(rights);
  const bool flip = left_number.size() > right_number.size();
  const auto cell = [&](const Pair& pair) {
    const auto left = left_number.at(pair.left);
    const auto right = right_number.at(pair.right);
    return flip ? std::pair(right, left) : std::pair(left, right);
  };
  Matrix cost(
      std::min(left_number.size(), right_number.size()),
      std::vector<std::int64_t>(std::max(left_number.size(), right_number.size()), forbidden));
  for (const auto position : part) {
    const auto [row, column] = cell(pairs[position]);
    cost[row][column] = std::min<std::int64_t>(cost[row][column], pairs[position].cost);
  }
  auto row_of = cheapest(cost);
  for (const auto position : part) {
    const auto [row, column] = cell(pairs[position]);
    if (row_of[column] != row || cost[row][column] != pairs[position].cost) continue;
    chosen.push_back(position);
    row_of[column] = nobody;  // of equal pairs the first
  }
}

}  // namespace

std::vector<std::size_t> assign(const std::vector<Pair>& pairs) {
  // Pairs that share a left or a right hang together; the parts are solved one by one.
  std::vector<std::size_t> parent(pairs.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t member) {
    while (parent[member] != member) member = parent[member] = parent[parent[member]];
    return member;
  };
  std::map<std::size_t, std::size_t> by_left, by_right;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    parent[root(i)] = root(by_left.emplace(pairs[i].left, i).first->second);
    parent[root(i)] = root(by_right.emplace(pairs[i].right, i).first->second);
  }
  std::map<std::size_t, std::vector<std::size_t>> parts;
  for (std::size_t i = 0; i < pairs.size(); ++i) parts[root(i)].push_back(i);
  std::vector<std::size_t> chosen;
  for (const auto& [first, part] : parts) solve(pairs, part, chosen);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace agreementd::tracking
