#include <fmt/format.h>
#include <gtest/gtest.h>

#include "parsers/dating.h"

namespace agreementd::parsers {
namespace {

/// `2025-07-11 17:01`, or `none`.
std::string named(std::string_view file_name) {
  const auto date = date_in_name(file_name);
  if (!date) return "none";
  const auto minutes = date->time_of_day.count();
  return fmt::format("{} {:02}:{:02}", to_string(date->date), minutes / 60, minutes % 60);
}

std::string stamp(std::string_view file_name) {
  const auto instant = capture_stamp(file_name);
  return instant ? to_string(*instant) : "none";
}

TEST(DateInName, TheSlots) {
  EXPECT_EQ(named("participatingAgencies07112025am.xlsx"), "2025-07-11 09:00");
  EXPECT_EQ(named("pendingAgencies10172025mid.xlsx"), "2025-10-17 12:00");
  EXPECT_EQ(named("participatingAgencies07112025.xlsx"), "2025-07-11 13:00");
  EXPECT_EQ(named("participatingAgencies07112025pm.xlsx"), "2025-07-11 17:00");
  EXPECT_EQ(named("participatingAgencies07112025PM.xlsx"), "2025-07-11 17:00");
}

TEST(DateInName, ALetterOrNumberAfterTheSlotAddsMinutes) {
  for (const char* suffix : {"B", "b", "2", "_b", "_2", " b", " B"})
    EXPECT_EQ(named(fmt::format("participatingAgencies07112025am{}.xlsx", suffix)),
              "2025-07-11 09:01")
        << suffix;
  EXPECT_EQ(named("participatingAgencies07112025pm3.xlsx"), "2025-07-11 17:02");
  EXPECT_EQ(named("participatingAgencies07112025pmA.xlsx"), "2025-07-11 17:00");
  EXPECT_EQ(named("participatingAgencies07112025_b.xlsx"), "2025-07-11 13:01");
}

TEST(DateInName, CopyBracketsAndCaptureStampsAreNoSuffix) {
  EXPECT_EQ(named("pendingAgencies06112025pm copy.xlsx"), "2025-06-11 17:00");
  EXPECT_EQ(named("pendingAgencies06112025pm (1).xlsx"), "2025-06-11 17:00");
  EXPECT_EQ(named("pendingAgencies06112025pm(2).xlsx"), "2025-06-11 17:00");
  EXPECT_EQ(named("pendingAgencies06112025pm-20250612151820.xlsx"), "2025-06-11 17:00");
  EXPECT_EQ(named("pendingAgencies06112025pm_20250612151820.xlsx"), "2025-06-11 17:00");
  EXPECT_EQ(named("pendingAgencies06112025pm2 copy.xlsx"), "2025-06-11 17:01");
}

TEST(DateInName, SixDigitsAreMonthDayYear) {
  EXPECT_EQ(named("ParticipatingAgency091826am.xlsx"), "2026-09-18 09:00");
  EXPECT_EQ(named("287gParticipatingAgencies091526pm.xlsx"), "2026-09-15 17:00")
      << "287 is no date";
}

TEST(DateInName, NamesWithSpaces) {
  EXPECT_EQ(named("Participating Agencies 07112025 am.xlsx"), "2025-07-11 09:00");
  EXPECT_EQ(named("Participating%20Agencies%2007112025%20pm.xlsx"), "2025-07-11 17:00");
}

TEST(DateInName, AnythingElseIsNoDate) {
  for (const char* name :
       {"participatingAgencies090022025am.xlsx", "pendingAgencies.xlsx", "", "287g.html",
        "participatingAgencies20250711.xlsx", "participatingAgencies02302025am.xlsx",
        "participatingAgencies7112025am.xlsx", "participatingAgencies07-11-2025am.xlsx",
        "participatingAgencies13012025am.xlsx"})
    EXPECT_EQ(named(name), "none") << name;
}

TEST(DateInName, TwoDifferentDatesAreNone) {
  EXPECT_EQ(named("07112025am 07122025am.xlsx"), "none");
  EXPECT_EQ(named("07112025am 07112025am.xlsx"), "2025-07-11 09:00");
}

TEST(DateInName, AYearThatCannotBeIsStillRead) {
  EXPECT_EQ(named("participatingAgencies07113025am.xlsx"), "3025-07-11 09:00")
      << "the saved time tells what was meant";
}

TEST(CaptureStamp, FourteenDigitsInUtc) {
  EXPECT_EQ(stamp("participatingAgencies-20250224192655.xlsx"), "2025-02-24T19:26:55Z");
  EXPECT_EQ(stamp("287g-20240630044634.html"), "2024-06-30T04:46:34Z");
  EXPECT_EQ(stamp("participatingAgencies07112025am-20250711151820.xlsx"), "2025-07-11T15:18:20Z");
}

TEST(CaptureStamp, AnythingElseIsNone) {
  EXPECT_EQ(stamp("participatingAgencies07112025am.xlsx"), "none");
  EXPECT_EQ(stamp("x-20251324192655.xlsx"), "none") << "month 13";
  EXPECT_EQ(stamp("x-202502241926551.xlsx"), "none") << "15 digits";
}

TEST(CaptureStamp, IsNotReadAsADate) {
  EXPECT_EQ(named("287g-20240630044634.html"), "none");
  EXPECT_EQ(named("x-12112025000000.xlsx"), "none") << "though it begins like one";
}

}  // namespace
}  // namespace agreementd::parsers
