#include "model/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace agreementd {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Instant at(const std::string& text) { return parse_instant(text).value(); }

TEST(NewYork, ADayEndsWhereTheNextBeginsInSummerAndInWinter) {
  EXPECT_EQ(to_string(end_of_new_york_day(*parse_date("2025-07-01"))), "2025-07-02T04:00:00Z");
  EXPECT_EQ(to_string(end_of_new_york_day(*parse_date("2025-12-01"))), "2025-12-02T05:00:00Z");
}

TEST(NewYork, AnEveningInUtcIsTheDayBefore) {
  EXPECT_EQ(to_string(new_york_date(at("2025-03-01T04:59:59Z"))), "2025-02-28");
  EXPECT_EQ(to_string(new_york_date(at("2025-03-01T05:00:00Z"))), "2025-03-01");
}

TEST(NewYork, TimesThatClockChangesSkipOrRepeatAreTheEarlierReading) {
  EXPECT_EQ(to_string(new_york_instant(*parse_date("2025-11-02"), minutes{90})),
            "2025-11-02T05:30:00Z");
  EXPECT_EQ(to_string(new_york_instant(*parse_date("2025-03-09"), minutes{150})),
            "2025-03-09T07:00:00Z");
}

TEST(Instant, FractionsAreWrittenOnlyWhereThereAreAny) {
  EXPECT_EQ(to_string(at("2025-03-01T12:00:00Z")), "2025-03-01T12:00:00Z");
  EXPECT_EQ(to_string(at("2025-03-01T12:00:00.000001Z")), "2025-03-01T12:00:00.000001Z");
}

TEST(Instant, OffsetsAreSubtracted) {
  EXPECT_EQ(at("2025-03-01T12:00:00+02:00"), at("2025-03-01T10:00:00Z"));
  EXPECT_EQ(at("2025-03-01 12:00:00-05"), at("2025-03-01T17:00:00Z"));
  EXPECT_EQ(at("2025-03-01T12:00"), at("2025-03-01T12:00:00Z"));
}

TEST(Instant, WhatIsNoTimeIsRefused) {
  for (const auto* text : {"", "2025-03-01", "2025-13-01T00:00:00Z", "2025-03-01T24:00:00Z",
                           "2025-03-01T12:61:00Z", "2025-03-01T12:00:00Q", "2025-03-01x12:00:00Z"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Date, OnlyDaysThatExistAreRead) {
  EXPECT_TRUE(parse_date("2024-02-29"));
  for (const auto* text :
       {"2025-02-29", "2025-2-01", "2025/02/01", "", "2025-02-01 ", "-025-02-01"})
    EXPECT_FALSE(parse_date(text)) << text;
}

RC_GTEST_PROP(Instant, IsReadAsItWasWritten, ()) {
  const Instant instant{
      std::chrono::microseconds{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000'000)}};
  RC_ASSERT(parse_instant(to_string(instant)) == instant);
}

}  // namespace
}  // namespace agreementd
