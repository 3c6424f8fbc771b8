#include "daemon/commands/story_text.h"

#include <gtest/gtest.h>

namespace agreementd::daemon {
namespace {

using storage::Story;

Story corrected_date() {
  Story story;
  story.id = "A7Q2KX4MB";
  story.versions.columns = {"list",   "from",     "to",          "state",      "agency",
                            "county", "model",    "signed",      "moa_status", "moa_url",
                            "tier",   "evidence", "edition_file"};
  story.versions.rows = {
      {"participating", "2025-06-12", "2025-06-27", "TX", "Bexar County Sheriff's Office",
       std::nullopt, "TFM", "2025-06-12", "pending", std::nullopt, "0", std::nullopt, "first.xlsx"},
      {"participating", "2025-06-27", std::nullopt, "TX", "Bexar County Sheriff's Office", "Bexar",
       "TFM", "2025-06-11", "posted", "https://www.ice.gov/moa.pdf", "5",
       "signed 2025-06-12 -> 2025-06-11, MOA was pending", "second.xlsx"}};
  story.changes.columns = {
      "seq",      "list",       "kind",         "reason",       "effective_date",
      "fields",   "before",     "after",        "retracts_seq", "unconfirmed",
      "evidence", "not_before", "edition_file", "recorded_at",  "cause"};
  story.changes.rows = {
      {"12", "participating", "new", "listed", "2025-06-12", "", "{}", "{}", std::nullopt, "false",
       std::nullopt, "2025-05-16", "first.xlsx", "2025-09-01T12:00:00Z", "archive"},
      {"19", "participating", "changed", "signed", "2025-06-27", "signed",
       R"({"signed":"2025-06-12"})", R"({"signed":"2025-06-11"})", std::nullopt, "false",
       "MOA was pending", "2025-06-12", "second.xlsx", "2025-09-01T12:00:00.215622Z", "archive"}};
  story.documents.columns = {"sha256", "file_name", "first_seen", "size"};
  story.documents.rows = {{std::string(64, 'a'), "first.xlsx", "2025-09-01T12:00:00Z", "61440"}};
  return story;
}

::testing::AssertionResult has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "\"" << part << "\" is not in:\n" << text;
}

TEST(StoryText, BeginsWithWhatItIsAndHowItStands) {
  const auto text = story_text(corrected_date(), 100);
  EXPECT_TRUE(
      text.starts_with("Bexar County Sheriff's Office, TX\n=================================\n"
                       "task force model (TFM), signed 2025-06-11, agreement A7Q2KX4MB\n"
                       "On the participating list since 2025-06-12; still listed.\n"))
      << text;
}

TEST(StoryText, ALaterVersionTellsOnlyWhatIsOtherwiseAndWhyItIsTheSame) {
  const auto text = story_text(corrected_date(), 200);
  EXPECT_TRUE(has(text, "  2025-06-12 – 2025-06-27  first.xlsx\n"));
  EXPECT_TRUE(has(text, "  2025-06-27 – now  second.xlsx\n"));
  EXPECT_TRUE(has(text, "signed      2025-06-11 (was 2025-06-12)\n"));
  EXPECT_TRUE(has(text, "county      Bexar (was blank)\n"));
  EXPECT_TRUE(has(text, "MOA         https://www.ice.gov/moa.pdf (was pending)\n"));
  EXPECT_TRUE(
      has(text,
          "why the same: signed 2025-06-12 -> 2025-06-11, MOA was pending (evidence of tier "
          "5 of 6)\n"));
  EXPECT_EQ(text.find("agency      "), text.rfind("agency      ")) << "said once";
}

TEST(StoryText, EachChangeHasItsEvidenceAndItsSource) {
  const auto text = story_text(corrected_date(), 200);
  EXPECT_TRUE(has(text, "  2025-06-27  changed: signed 2025-06-12 → 2025-06-11\n"));
  EXPECT_TRUE(has(text, "evidence: MOA was pending\n"));
  EXPECT_TRUE(has(text,
                  "after 2025-06-12; shown by second.xlsx; entry 19, recorded 2025-09-01T12:00:00Z "
                  "(archive)\n"));
  EXPECT_TRUE(has(text, std::string(64, 'a')));
  EXPECT_TRUE(has(text, "agreementctl document aaaaaaaa -o FILE"));
}

TEST(StoryText, AnEntryThatDoesNotHoldIsMarked) {
  auto story = corrected_date();
  auto retraction = story.changes.rows[1];
  retraction[0] = "31";
  retraction[2] = "retracted";
  retraction[5] = "";
  retraction[8] = "19";
  story.changes.rows.push_back(retraction);
  const auto text = story_text(story, 200);
  EXPECT_TRUE(has(text, "signed 2025-06-12 → 2025-06-11 [retracted by entry 31]\n"));
  EXPECT_TRUE(has(text, "retracted: entry 19 does not hold\n"));
}

TEST(StoryText, ATimeWithoutListingIsTold) {
  auto story = corrected_date();
  story.versions.rows[1][1] = "2025-07-10";
  EXPECT_TRUE(has(story_text(story, 100), "  2025-06-27 – 2025-07-10  not listed\n"));
}

TEST(StoryText, WhatHasLeftTheListSaysWhen) {
  auto story = corrected_date();
  story.versions.rows[1][2] = "2025-07-24";
  EXPECT_TRUE(has(story_text(story, 100), "no longer listed in the edition of 2025-07-24."));
}

TEST(StoryText, AnApplicationIsNeverCalledTerminated) {
  auto story = corrected_date();
  for (auto& row : story.versions.rows) row[0] = "pending";
  for (auto& row : story.changes.rows) {
    row[1] = "pending";
    row[2] = "terminated";
  }
  const auto text = story_text(story, 100);
  EXPECT_EQ(text.find("terminated"), std::string::npos) << text;
  EXPECT_TRUE(has(text, "application A7Q2KX4MB"));
}

TEST(StoryText, AStoryThatBeginsWithTheFirstListSaysOrBefore) {
  auto story = corrected_date();
  story.versions.columns.emplace_back("left_censored");
  for (auto& row : story.versions.rows) row.emplace_back("true");
  story.changes.rows.clear();
  const auto text = story_text(story, 100);
  EXPECT_TRUE(has(text, "since 2025-06-12 or before;"));
  EXPECT_TRUE(has(text, "nothing since the first list we have"));
}

/// All that was told of it was taken back, and nothing is believed of it.
Story withdrawn() {
  auto story = corrected_date();
  story.versions.rows.clear();
  const auto& columns = {"state", "agency", "model", "signed", "agency_id"};
  story.changes.columns.insert(story.changes.columns.end(), columns.begin(), columns.end());
  const storage::Values facts = {"TX", "Bexar County Sheriff's Office", "TFM", "2025-06-12",
                                 "GABCDEFGH"};
  for (auto& row : story.changes.rows) row.insert(row.end(), facts.begin(), facts.end());
  story.changes.rows[1].at(18) = "2025-06-11";
  for (const std::size_t told : {0U, 1U}) {
    auto retraction = story.changes.rows[told];
    retraction[0] = told == 0 ? "31" : "32";
    retraction[2] = "retracted";
    retraction[8] = *story.changes.rows[told][0];
    retraction[13] = "2025-09-02T08:00:00.5Z";
    story.changes.rows.push_back(retraction);
  }
  return story;
}

TEST(StoryText, WhatWasWithdrawnSaysWhatWasBelievedAndThatItIsNotAnyMore) {
  const auto text = story_text(withdrawn(), 200);
  EXPECT_TRUE(text.starts_with(
      "Bexar County Sheriff's Office, TX\n=================================\n"
      "task force model (TFM), signed 2025-06-11, agreement A7Q2KX4MB\n"
      "Withdrawn: it was believed to be on the participating list until 2025-09-02T08:00:00Z, and "
      "is not any more: no edition that counts shows it. What there is of its agency: agreementctl "
      "show GABCDEFGH\n"
      "\nWhat changed\n"))
      << text;
  EXPECT_TRUE(has(text, "new: listed [retracted by entry 31]\n"));
  EXPECT_TRUE(has(text, "Documents that show it\n"));
}

TEST(StoryText, AWithdrawnApplicationIsCalledOne) {
  auto story = withdrawn();
  for (auto& row : story.changes.rows) row[1] = "pending";
  const auto text = story_text(story, 200);
  EXPECT_TRUE(has(text, "application A7Q2KX4MB"));
  EXPECT_TRUE(has(text, "on the pending list until"));
}

TEST(StoryText, WhatTheListsSayCannotSteerATerminal) {
  auto story = corrected_date();
  story.versions.rows[1][4] = "Bexar\x1b[2J County";
  EXPECT_EQ(story_text(story, 100).find('\x1b'), std::string::npos);
}

TEST(StoryText, TheHeadingOfAnAgencyCountsWhatItHas) {
  auto application = corrected_date();
  application.versions.rows[0][0] = "pending";
  EXPECT_EQ(agency_heading("GABCDEFGH", {corrected_date(), corrected_date(), application}),
            "Agency GABCDEFGH: 2 agreements, 1 application, now or once\n\n");
  EXPECT_EQ(agency_heading("GABCDEFGH", {corrected_date(), withdrawn()}),
            "Agency GABCDEFGH: 1 agreement, now or once; 1 withdrawn\n\n");
  EXPECT_EQ(agency_heading("GABCDEFGH", {withdrawn()}),
            "Agency GABCDEFGH: nothing; 1 withdrawn\n\n");
}

}  // namespace
}  // namespace agreementd::daemon
