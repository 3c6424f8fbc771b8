#include "model/states.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace agreementd {
namespace {

TEST(States, AreFiftyTheDistrictAndFiveTerritoriesByCode) {
  EXPECT_EQ(states().size(), 56U);
  EXPECT_TRUE(std::is_sorted(states().begin(), states().end(),
                             [](const State& a, const State& b) { return a.code < b.code; }));
  EXPECT_EQ(std::count_if(states().begin(), states().end(),
                          [](const State& state) { return state.territory; }),
            5);
  std::set<int> fips;
  for (const auto& state : states()) fips.insert(state.fips);
  EXPECT_EQ(fips.size(), 56U);
}

TEST(States, AreFoundByCodeAlone) {
  ASSERT_NE(find_state("TX"), nullptr);
  EXPECT_EQ(find_state("TX")->name, "TEXAS");
  EXPECT_EQ(find_state("TX")->fips, 48);
  EXPECT_EQ(find_state("tx"), nullptr);
  EXPECT_EQ(find_state("ZZ"), nullptr);
  EXPECT_EQ(find_state(""), nullptr);
}

}  // namespace
}  // namespace agreementd
