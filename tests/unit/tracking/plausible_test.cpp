#include "tracking/plausible.h"

#include <gtest/gtest.h>

namespace agreementd::tracking {
namespace {

Effect quiet() {
  Effect effect;
  effect.live = 956;
  effect.rows = 956;
  return effect;
}

TEST(Plausible, AQuietEditionIs) { EXPECT_EQ(implausible(quiet(), {}), std::nullopt); }

TEST(Plausible, RemovalsMustExceedBothCountAndShare) {
  auto effect = quiet();
  effect.leaving = 20;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
  effect.leaving = 61;
  effect.explained = 4;
  EXPECT_EQ(implausible(effect, {}), "61 of 956 agreements would end, 4 explained");
  effect.live = 5000;  // 57 of 5000 are no 2 %
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
}

TEST(Plausible, SignedApplicationsDoNotCountButRenewalsDo) {
  auto effect = quiet();
  effect.leaving = 70;
  effect.explained = 30;
  EXPECT_EQ(implausible(effect, {}), "70 of 956 agreements would end, 30 explained");
  effect.list = List::pending;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
}

TEST(Plausible, ThresholdsGrowWithTheTimeSinceTheLastEdition) {
  auto effect = quiet();
  effect.leaving = 35;
  EXPECT_NE(implausible(effect, {}), std::nullopt);
  effect.periods = 2;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
}

TEST(Plausible, ThePendingListMayLoseFifty) {
  Effect effect;
  effect.list = List::pending;
  effect.live = 60;
  effect.leaving = 50;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
  effect.leaving = 51;
  EXPECT_EQ(implausible(effect, {}), "51 of 60 applications would end, 0 explained");
}

TEST(Plausible, AdditionsMustExceedBothCountAndShare) {
  auto effect = quiet();
  effect.entering = 280;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
  effect.entering = 300;
  EXPECT_NE(implausible(effect, {}), std::nullopt);
}

TEST(Plausible, AnOlderEditionPublishedAgainMayNotEndMoreThanFive) {
  auto effect = quiet();
  effect.reverts = true;
  effect.leaving = 5;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
  effect.leaving = 6;
  EXPECT_NE(implausible(effect, {}), std::nullopt);
}

TEST(Plausible, RowsSignedInTheFutureAreCounted) {
  auto effect = quiet();
  effect.signed_later = 5;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
  effect.signed_later = 6;
  EXPECT_NE(implausible(effect, {}), std::nullopt);
}

TEST(Plausible, ManyUnreadableRowsAreNoList) {
  auto effect = quiet();
  effect.rows = 100;
  effect.unreadable = 9;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
  effect.unreadable = 10;
  EXPECT_NE(implausible(effect, {}), std::nullopt);
}

TEST(Plausible, OnlyThePendingListMayBeEmpty) {
  Effect effect;
  EXPECT_NE(implausible(effect, {}), std::nullopt);
  effect.list = List::pending;
  EXPECT_EQ(implausible(effect, {}), std::nullopt);
}

}  // namespace
}  // namespace agreementd::tracking
