#include "daemon/report_text.h"

#include <gtest/gtest.h>

namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;

Change change(ChangeKind kind, List list = List::participating) {
  Change result;
  result.list = list;
  result.kind = kind;
  result.reason = "listed";
  result.state = "TX";
  result.agency = "Bexar County Sheriff's Office";
  result.model = "TFM";
  result.signed_on = Date{2025y / 6 / 12};
  result.effective_date = Date{2025y / 6 / 27};
  return result;
}

std::vector<NewEntry> entries(std::size_t count, ChangeKind kind) {
  return std::vector<NewEntry>(count, NewEntry{Cause::archive, change(kind)});
}

Edition quarantined() {
  Edition edition;
  edition.id.bytes.fill(0xab);
  edition.instant = new_york_instant(Date{2025y / 4 / 21}, 9h);
  edition.dating = {edition.instant, DatedBy::file_name, std::nullopt};
  edition.file_name = "participatingAgencies\x1b.xlsx";
  edition.status = EditionStatus::quarantined;
  edition.reason = "31 of 506 agreements would end";
  return edition;
}

TEST(ReportText, AChangeIsOneLine) {
  EXPECT_EQ(change_line(change(ChangeKind::added)),
            "2025-06-27  new         TX  Bexar County Sheriff's Office  TFM  signed 2025-06-12  "
            "(listed)");
}

TEST(ReportText, AChangeOfFieldsShowsBeforeAndAfter) {
  auto changed = change(ChangeKind::changed);
  changed.fields = {{Column::signed_on, "2025-06-12", "2025-06-11"}};
  EXPECT_NE(change_line(changed).find("(signed 2025-06-12 → 2025-06-11)"), std::string::npos);
}

TEST(ReportText, AnApplicationThatLeavesIsNeverCalledTerminated) {
  const auto line = change_line(change(ChangeKind::terminated, List::pending));
  EXPECT_EQ(line.find("terminated"), std::string::npos);
  EXPECT_NE(line.find("  left  "), std::string::npos);
}

TEST(ReportText, ALongListOfEntriesIsCutAndCounted) {
  const auto text = entry_lines(entries(5, ChangeKind::added), 2);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  EXPECT_NE(text.find("… 3 before these"), std::string::npos);
}

TEST(ReportText, EntriesAreCountedByKind) {
  auto some = entries(2, ChangeKind::added);
  some.push_back({Cause::archive, change(ChangeKind::retracted)});
  EXPECT_EQ(count_entries(some), "3 entries: 2 new, 1 retracted");
  some.push_back({Cause::archive, change(ChangeKind::terminated, List::pending)});
  EXPECT_EQ(count_entries(some), "4 entries: 2 new, 1 left, 1 retracted");
  EXPECT_EQ(count_entries({}), "no entries");
}

TEST(ReportText, AnImportTellsWhatWasReadAndRecorded) {
  ImportReport report;
  report.lists = 24;
  report.new_fetches = 24;
  report.new_documents = 23;
  report.new_editions = 20;
  report.skipped = 1;
  report.entries = entries(1, ChangeKind::added);
  const auto text = import_text(report);
  EXPECT_NE(text.find("24 lists read: 24 files recorded, 23 with new bytes, 20 new editions\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("1 file skipped: no lists\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Recorded 1 entry: 1 new\n"), std::string::npos) << text;
}

TEST(ReportText, AnImportThatChangedNothingSaysSo) {
  ImportReport report;
  report.lists = 1;
  EXPECT_EQ(import_text(report), "1 list read, nothing new\n");
}

TEST(ReportText, AQuarantineSaysWhyAndWhatToDo) {
  const auto text = quarantine_text({quarantined()});
  EXPECT_NE(text.find("participating list of 2025-04-21, participatingAgencies\\x1b.xlsx"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("31 of 506 agreements would end"), std::string::npos);
  EXPECT_NE(text.find("agreementctl approve abababab\n"), std::string::npos);
  EXPECT_NE(text.find("agreementctl reject abababab --why"), std::string::npos);
  EXPECT_EQ(quarantine_text({}), "");
}

TEST(ReportText, WhatHasNoDateIsNotToBeApproved) {
  auto edition = quarantined();
  edition.dating.dated_by = DatedBy::nothing;
  const auto text = quarantine_text({edition});
  EXPECT_EQ(text.find("approve"), std::string::npos) << text;
  EXPECT_EQ(text.find("2025-04-21"), std::string::npos) << "the time of its import: " << text;
  EXPECT_NE(text.find("participating list without a date, participating"), std::string::npos);
  EXPECT_NE(text.find("agreementctl redate abababab YYYY-MM-DD --why"), std::string::npos);
  EXPECT_NE(text.find("agreementctl reject abababab --why"), std::string::npos);
}

TEST(ReportText, ARefusalCountsAndPrintsAllThatWouldBeRetractedAndNothingElse) {
  ImportReport report;
  report.refused = true;
  report.entries = entries(25, ChangeKind::retracted);
  report.entries.push_back({Cause::archive, change(ChangeKind::added)});
  const auto text = refusal_text(report, 20);
  EXPECT_NE(text.find("25 entries of the change log would be retracted, more than 20"),
            std::string::npos)
      << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 25 + 1) << text;
  EXPECT_EQ(text.find("before these"), std::string::npos);
  EXPECT_EQ(text.find("  new  "), std::string::npos);
  EXPECT_NE(text.find("--yes"), std::string::npos);
}

}  // namespace
}  // namespace agreementd::daemon
