#include "parsers/dating.h"

#include <gtest/gtest.h>

namespace agreementd::parsers {
namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }

/// Seen in an import, long after everything.
Sighting imported(const std::string& name, std::optional<std::string_view> saved = {}) {
  Sighting sighting;
  sighting.origin = Origin::import;
  sighting.file_name = name;
  sighting.seen_at = at("2027-01-01T00:00:00Z");
  if (saved) sighting.reading.saved_at = at(*saved);
  return sighting;
}

Sighting polled(const std::string& name, std::string_view seen,
                std::optional<std::string_view> saved = {}) {
  Sighting sighting = imported(name, saved);
  sighting.origin = Origin::poll;
  sighting.seen_at = at(seen);
  return sighting;
}

/// `2025-07-11T13:00:00Z by file name`, and `, doubted`.
std::string dated(const Sighting& sighting) {
  const auto dating = date_sighting(sighting);
  return to_string(dating.at) + " by " + std::string(to_string(dating.dated_by)) +
         (dating.doubt ? ", doubted" : "");
}

TEST(Dating, TheDateInTheNameComesFirst) {
  auto sighting = polled("participatingAgencies07112025pm.xlsx", "2025-07-12T01:00:00Z",
                         "2025-07-11T15:06:36Z");
  sighting.modified_at = at("2025-07-11T22:00:00Z");
  EXPECT_EQ(dated(sighting), "2025-07-11T21:00:00Z by file name") << "17:00 in New York, summer";
  EXPECT_EQ(dated(imported("participatingAgencies02212025am.xlsx")),
            "2025-02-21T14:00:00Z by file name")
      << "09:00 in New York, winter";
}

TEST(Dating, ThenLastModified) {
  auto sighting = polled("pendingAgencies.xlsx", "2025-07-12T01:00:00Z", "2025-07-11T15:06:36Z");
  sighting.modified_at = at("2025-07-11T22:00:00Z");
  EXPECT_EQ(dated(sighting), "2025-07-11T22:00:00Z by Last-Modified");
}

TEST(Dating, ThenTheCaptureStampOfAnImport) {
  EXPECT_EQ(dated(imported("287g-20240630044634.html")), "2024-06-30T04:46:34Z by capture time");
  EXPECT_EQ(dated(imported("x-20250221214937.xlsx", "2025-02-21T14:51:12Z")),
            "2025-02-21T21:49:37Z by capture time")
      << "before the saved time in trust";
}

TEST(Dating, ThenTheSavedTime) {
  EXPECT_EQ(dated(imported("pendingAgencies.xlsx", "2025-02-20T16:27:52Z")),
            "2025-02-20T16:27:52Z by saved time");
  EXPECT_EQ(dated(imported("participatingAgencies090022025am.xlsx", "2025-09-02T12:11:44Z")),
            "2025-09-02T12:11:44Z by saved time");
}

TEST(Dating, TheTimeOfAPollIsUsedOnlyWhereTheWorkbookHasNoSavedTime) {
  EXPECT_EQ(dated(polled("pendingAgencies.xlsx", "2025-07-12T01:00:00Z", "2025-07-01T15:00:00Z")),
            "2025-07-01T15:00:00Z by saved time");
  EXPECT_EQ(dated(polled("pendingAgencies.xlsx", "2025-07-12T01:00:00Z")),
            "2025-07-12T01:00:00Z by capture time");
}

TEST(Dating, AStampInTheNameOfAPolledFileIsNoCapture) {
  EXPECT_EQ(dated(polled("x-20250224192655.xlsx", "2025-07-12T01:00:00Z")),
            "2025-07-12T01:00:00Z by capture time");
}

TEST(Dating, AnImportThatNothingDatesIsDoubted) {
  const auto dating = date_sighting(imported("roster.html"));
  EXPECT_EQ(dating.dated_by, DatedBy::nothing);
  EXPECT_EQ(dating.at, at("2027-01-01T00:00:00Z"));
  EXPECT_TRUE(dating.doubt);
}

TEST(Dating, ANameUpToADayBeforeTheSavedDateStands) {
  EXPECT_EQ(dated(imported("participatingAgencies07112025am.xlsx", "2025-07-12T15:00:00Z")),
            "2025-07-11T13:00:00Z by file name");
  EXPECT_EQ(dated(imported("participatingAgencies07112025am.xlsx", "2025-07-13T03:00:00Z")),
            "2025-07-11T13:00:00Z by file name")
      << "still the 12th in New York";
}

TEST(Dating, ANameBeforeTheSavedDateGivesWay) {
  EXPECT_EQ(dated(imported("participatingAgencies07112025am.xlsx", "2025-07-13T15:00:00Z")),
            "2025-07-13T15:00:00Z by saved time");
  auto sighting = imported("participatingAgencies03062025am.xlsx", "2025-04-16T16:09:04Z");
  sighting.modified_at = at("2025-04-20T00:00:00Z");
  EXPECT_EQ(dated(sighting), "2025-04-16T16:09:04Z by saved time");
}

TEST(Dating, ANameUpToThirtyDaysAfterTheSavedDateStands) {
  EXPECT_EQ(dated(imported("participatingAgencies07312025am.xlsx", "2025-07-01T15:00:00Z")),
            "2025-07-31T13:00:00Z by file name");
}

TEST(Dating, ANameLongAfterTheSavedDateStandsWhereNoOtherReadingIsNear) {
  EXPECT_EQ(dated(imported("participatingAgencies04212025am.xlsx", "2025-03-06T13:08:53Z")),
            "2025-04-21T13:00:00Z by file name");
}

TEST(Dating, AWrongYearInTheNameIsCorrectedByTheSavedTime) {
  EXPECT_EQ(dated(imported("participatingAgencies07113025pm.xlsx", "2025-07-11T15:00:00Z")),
            "2025-07-11T21:00:00Z by file name");
  EXPECT_EQ(dated(imported("participatingAgencies01022025am.xlsx", "2026-01-02T12:00:00Z")),
            "2026-01-02T14:00:00Z by file name");
  EXPECT_EQ(dated(imported("participatingAgencies01022025am.xlsx", "2025-12-31T12:00:00Z")),
            "2026-01-02T14:00:00Z by file name")
      << "saved in the year before the one meant";
}

TEST(Dating, AMonthNotTurnedInTheNameIsCorrectedByTheSavedTime) {
  EXPECT_EQ(dated(imported("participatingAgencies07012025am.xlsx", "2025-07-31T15:00:00Z")),
            "2025-08-01T13:00:00Z by file name");
  EXPECT_EQ(dated(imported("participatingAgencies12022025am.xlsx", "2026-01-02T12:00:00Z")),
            "2026-01-02T14:00:00Z by file name");
  EXPECT_EQ(dated(imported("participatingAgencies08312025am.xlsx", "2025-09-30T12:00:00Z")),
            "2025-09-30T12:00:00Z by saved time")
      << "31 September is no day";
}

TEST(Dating, ACorrectionLiesWithinAWeekOfTheSavedTime) {
  EXPECT_EQ(dated(imported("participatingAgencies07082025am.xlsx", "2025-08-01T15:00:00Z")),
            "2025-08-08T13:00:00Z by file name");
  EXPECT_EQ(dated(imported("participatingAgencies07092025am.xlsx", "2025-08-01T15:00:00Z")),
            "2025-08-01T15:00:00Z by saved time");
}

TEST(Dating, ACaptureMoreThanADayBeforeTheSavedTimeIsAnAlteredCopy) {
  const auto sighting = imported("x-20250301180751.xlsx", "2025-04-16T16:09:04Z");
  EXPECT_EQ(dated(sighting), "2025-03-01T18:07:51Z by capture time, doubted");
  EXPECT_EQ(*date_sighting(sighting).doubt,
            "altered copy: captured 2025-03-01T18:07:51Z, but saved 2025-04-16T16:09:04Z");
  EXPECT_EQ(dated(imported("x-20250226183301.xlsx", "2025-02-26T20:50:13Z")),
            "2025-02-26T18:33:01Z by capture time")
      << "two hours: clocks differ";
}

TEST(Dating, ADateMoreThanTwoDaysAfterItWasSeenIsDoubted) {
  EXPECT_EQ(dated(polled("participatingAgencies07142025am.xlsx", "2025-07-12T01:00:00Z")),
            "2025-07-14T13:00:00Z by file name, doubted");
  EXPECT_EQ(dated(polled("participatingAgencies07132025am.xlsx", "2025-07-12T01:00:00Z")),
            "2025-07-13T13:00:00Z by file name");
  EXPECT_EQ(dated(imported("participatingAgencies07142025am-20250711151820.xlsx")),
            "2025-07-14T13:00:00Z by file name, doubted")
      << "an archived copy was seen when it was captured";
  EXPECT_EQ(dated(imported("participatingAgencies07113025am.xlsx")),
            "3025-07-11T14:00:00Z by file name, doubted");
}

}  // namespace
}  // namespace agreementd::parsers
