#include "fetchers/pause.h"

#include <gtest/gtest.h>

namespace agreementd::fetchers {
namespace {

using std::chrono::milliseconds;

/// Seconds; -1: none. Now is a Friday noon.
long retry_after(const std::string& header) {
  const auto pause = read_retry_after(header, *parse_instant("2025-07-11T12:00:00Z"));
  return pause ? static_cast<long>(pause->count()) : -1;
}

TEST(RetryAfter, SecondsOrADate) {
  EXPECT_EQ(retry_after("0"), 0);
  EXPECT_EQ(retry_after("120"), 120);
  EXPECT_EQ(retry_after("Fri, 11 Jul 2025 12:00:07 GMT"), 7);
  EXPECT_EQ(retry_after("Friday, 11-Jul-25 12:01:00 GMT"), 60);
}

TEST(RetryAfter, IsADayAtMost) {
  EXPECT_EQ(retry_after("86401"), 86'400);
  EXPECT_EQ(retry_after("99999999999999999999999999"), 86'400);
  EXPECT_EQ(retry_after("Sat, 11 Jul 2026 12:00:00 GMT"), 86'400);
}

TEST(RetryAfter, WhatIsPastOrCannotBeReadIsNone) {
  for (const char* header :
       {"", "-5", "1.5", "soon", "120 s", "0x10", "Fri, 11 Jul 2025 11:59:59 GMT", "2025-07-11"})
    EXPECT_EQ(retry_after(header), -1) << header;
}

TEST(AsksToWait, WhatIsLongerThanTheLongestPauseAndBy429Or503) {
  Settings settings;
  settings.longest_pause = std::chrono::seconds(30);
  Answer answer;
  answer.retry_after = std::chrono::seconds(31);
  EXPECT_FALSE(asks_to_wait(answer, settings));
  for (const auto& [status, asks] :
       std::vector<std::pair<int, bool>>{{429, true}, {503, true}, {500, false}, {403, false}}) {
    answer.http_status = status;
    EXPECT_EQ(asks_to_wait(answer, settings), asks) << status;
  }
  answer.http_status = 429;
  answer.retry_after = std::chrono::seconds(30);
  EXPECT_FALSE(asks_to_wait(answer, settings));
  answer.retry_after.reset();
  EXPECT_FALSE(asks_to_wait(answer, settings));
}

TEST(Backoff, DoublesWithJitterUpToTheLongestPause) {
  Settings settings;
  settings.first_pause = milliseconds(1'000);
  settings.longest_pause = milliseconds(5'000);
  EXPECT_EQ(backoff(1, settings, 0.5), milliseconds(1'000));
  EXPECT_EQ(backoff(2, settings, 0.5), milliseconds(2'000));
  EXPECT_EQ(backoff(3, settings, 0.5), milliseconds(4'000));
  EXPECT_EQ(backoff(1, settings, 0.0), milliseconds(500));
  EXPECT_EQ(backoff(1, settings, 1.0), milliseconds(1'500));
  EXPECT_EQ(backoff(4, settings, 0.5), milliseconds(5'000));
  EXPECT_EQ(backoff(5'000, settings, 1.0), milliseconds(5'000));
}

}  // namespace
}  // namespace agreementd::fetchers
