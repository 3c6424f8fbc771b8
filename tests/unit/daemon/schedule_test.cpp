#include "daemon/service/schedule.h"

#include <gtest/gtest.h>

namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;

const Instant noon = *parse_instant("2026-03-01T12:00:00Z");
constexpr Schedule hourly{1h, 2min};

TEST(Planner, PollsAtOnceWhenNothingIsKnown) {
  const Planner planner(hourly, std::nullopt, noon);
  EXPECT_TRUE(planner.is_due(noon));
}

TEST(Planner, StartedAgainItDoesNotAskMoreOften) {
  const Planner planner(hourly, noon - 10min, noon);
  EXPECT_FALSE(planner.is_due(noon));
  EXPECT_EQ(planner.next(), noon + 50min);
  EXPECT_TRUE(Planner(hourly, noon - 3h, noon).is_due(noon));
  EXPECT_TRUE(Planner(hourly, noon + 3h, noon).is_due(noon)) << "the clock was wrong then";
}

TEST(Planner, AddsUpToATenthByChance) {
  Planner planner(hourly, std::nullopt, noon);
  planner.polled(noon, false, std::nullopt, 0);
  EXPECT_EQ(planner.next(), noon + 1h);
  planner.polled(noon, false, std::nullopt, 1);
  EXPECT_EQ(planner.next(), noon + 66min);
}

TEST(Planner, AfterFailuresIsFasterWithDoublingPausesUntilItSucceeds) {
  Planner planner(hourly, std::nullopt, noon);
  for (const auto pause : {2min, 4min, 8min, 16min, 32min, 60min, 60min}) {
    planner.polled(noon, true, std::nullopt, 0);
    EXPECT_EQ(planner.next(), noon + pause);
  }
  planner.polled(noon, false, std::nullopt, 0);
  EXPECT_EQ(planner.next(), noon + 1h);
  planner.polled(noon, true, std::nullopt, 0);
  EXPECT_EQ(planner.next(), noon + 2min) << "counted from the success on";
}

TEST(Planner, DoesWhatTheSourceAsksFor) {
  Planner planner(hourly, std::nullopt, noon);
  planner.polled(noon, true, 3h, 0);
  EXPECT_EQ(planner.next(), noon + 3h) << "later than a retry";
  planner.polled(noon, false, 120s, 0);
  EXPECT_EQ(planner.next(), noon + 2min) << "sooner than usual";
}

TEST(Planner, WhatWasMissedAsleepIsDoneOnce) {
  Planner planner(hourly, std::nullopt, noon);
  planner.polled(noon, false, std::nullopt, 0);
  const auto awake = noon + 9h;
  EXPECT_TRUE(planner.is_due(awake));
  planner.polled(awake, false, std::nullopt, 0);
  EXPECT_FALSE(planner.is_due(awake));
  EXPECT_EQ(planner.next(), awake + 1h);
}

TEST(Planner, AClockThatWasSetBackDoesNotSilenceIt) {
  Planner planner(hourly, std::nullopt, noon);
  planner.polled(noon, false, std::nullopt, 1);
  EXPECT_FALSE(planner.is_due(noon - 1h)) << "an hour back may be waited for";
  EXPECT_TRUE(planner.is_due(noon - 24h * 30));
}

TEST(Planner, AnotherScheduleCountsFromTheLastPoll) {
  Planner planner(hourly, std::nullopt, noon);
  planner.polled(noon, false, std::nullopt, 0);
  planner.change({10min, 1min}, noon + 5min);
  EXPECT_EQ(planner.next(), noon + 10min);
  planner.change({1min, 1min}, noon + 5min);
  EXPECT_TRUE(planner.is_due(noon + 5min));
  planner.polled(noon + 5min, true, std::nullopt, 0);
  planner.change(hourly, noon + 5min);
  EXPECT_EQ(planner.next(), noon + 6min) << "a retry stays where it was";
}

}  // namespace
}  // namespace agreementd::daemon
