#include "tracking/assign.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace agreementd::tracking {
namespace {

struct Total {
  std::size_t pairs = 0;
  int cost = 0;
};

bool better(const Total& one, const Total& other) {
  return one.pairs != other.pairs ? one.pairs > other.pairs : one.cost < other.cost;
}

/// The best by trying everything.
Total exhaustive(const std::vector<Pair>& pairs, std::size_t from, std::set<std::size_t> lefts,
                 std::set<std::size_t> rights) {
  if (from == pairs.size()) return {};
  auto best = exhaustive(pairs, from + 1, lefts, rights);
  const auto& pair = pairs[from];
  if (!lefts.contains(pair.left) && !rights.contains(pair.right)) {
    lefts.insert(pair.left);
    rights.insert(pair.right);
    auto with = exhaustive(pairs, from + 1, lefts, rights);
    ++with.pairs;
    with.cost += pair.cost;
    if (better(with, best)) best = with;
  }
  return best;
}

TEST(Assign, TheFirstFoundIsNotTakenWhereAnotherWayIsCheaper) {
  // 0 fits both, better the second; 1 fits only the second.
  const std::vector<Pair> pairs{{0, 0, 5}, {0, 1, 1}, {1, 1, 2}};
  EXPECT_EQ(assign(pairs), (std::vector<std::size_t>{0, 2}));
}

TEST(Assign, NoPairsNoAnswer) { EXPECT_TRUE(assign({}).empty()); }

TEST(Assign, OfEqualPairsTheFirstIsTaken) {
  EXPECT_EQ(assign({{3, 7, 1}, {3, 7, 1}}), std::vector<std::size_t>{0});
}

RC_GTEST_PROP(Assign, IsTheBestOfAllWays, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(0, 9);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < count; ++i)
    pairs.push_back({*rc::gen::inRange<std::size_t>(0, 5), *rc::gen::inRange<std::size_t>(0, 5),
                     *rc::gen::inRange(0, 20)});
  Total total;
  std::set<std::size_t> lefts, rights;
  for (const auto position : assign(pairs)) {
    RC_ASSERT(lefts.insert(pairs[position].left).second);
    RC_ASSERT(rights.insert(pairs[position].right).second);
    ++total.pairs;
    total.cost += pairs[position].cost;
  }
  const auto best = exhaustive(pairs, 0, {}, {});
  RC_ASSERT(total.pairs == best.pairs);
  RC_ASSERT(total.cost == best.cost);
}

}  // namespace
}  // namespace agreementd::tracking
