#include "tracking/fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string nye = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";
const std::string bee = "TX | Bee County Sheriff's Office | JEM | 2025-03-01 | pending";

std::vector<std::string> numbered(int count, const std::string& prefix = "Agency") {
  std::vector<std::string> rows;
  for (int i = 0; i < count; ++i)
    rows.push_back("TX | " + prefix + " " + std::to_string(i) + " | TFM | 2025-02-01 | " + prefix +
                   std::to_string(i) + ".pdf");
  return rows;
}

TEST(Fold, TheFirstEditionIsABaselineAndTellsNothing) {
  History history;
  history.then("2025-06-01", participating({nye, bee}));
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());
  ASSERT_EQ(folded.versions.size(), 2U);
  EXPECT_TRUE(folded.versions[0].left_censored);
  EXPECT_TRUE(folded.editions[0].baseline);
}

TEST(Fold, NewTerminatedAndReinstatedAreTold) {
  History history;
  history.then("2025-06-01", participating({nye}))
      .then("2025-06-02", participating({nye, bee}))
      .then("2025-06-03", participating({nye}))
      .then("2025-06-09", participating({nye, bee}));
  const auto folded = history.finish();
  EXPECT_THAT(describe(folded.changes),
              ElementsAre("new TX Bee County Sheriff's Office JEM 2025-03-01 listed",
                          "terminated TX Bee County Sheriff's Office JEM 2025-03-01 unlisted",
                          "reinstated TX Bee County Sheriff's Office JEM 2025-03-01 gone 6 days"));
  EXPECT_EQ(folded.changes[0].agreement_id, folded.changes[2].agreement_id);
}

TEST(Fold, AnAgreementReturnsHoweverLongItWasGone) {
  History history;
  history.then("2021-01-02", participating({nye, bee}))
      .then("2021-01-05", participating({nye}))
      .then("2025-06-09", participating({nye, bee}));
  EXPECT_THAT(
      describe(history.finish().changes),
      ElementsAre("terminated TX Bee County Sheriff's Office JEM 2025-03-01 unlisted",
                  "reinstated TX Bee County Sheriff's Office JEM 2025-03-01 gone 1616 days"));
}

TEST(Fold, AnAgreementPrintedTwiceIsOne) {
  const std::string twin = "TX | Bee County Sheriffs Office | JEM | 2025-03-02 | pending";
  History history;
  history.then("2025-06-01", participating({nye, bee}))
      .then("2025-06-02", participating({nye, bee, twin}))
      .then("2025-06-03", participating({nye, twin}));
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());  // what a row of the last edition showed is no change
  EXPECT_EQ(folded.editions[1].agreement_count, 2);
}

TEST(Fold, AQuarantinedEditionChangesNothingAndTheNextIsComparedWithTheLastAccepted) {
  auto rows = numbered(60);
  History history;
  history.then("2025-06-01", participating(rows))
      .then("2025-06-02", participating(numbered(20)))
      .then("2025-06-03", participating(rows));
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());
  EXPECT_EQ(folded.editions[1].status, EditionStatus::quarantined);
  EXPECT_EQ(folded.editions[1].reason, "40 of 60 agreements would end, 0 explained");
  EXPECT_EQ(folded.editions[2].status, EditionStatus::accepted);
}

TEST(Fold, AnEditionThatNothingDatesStaysQuarantinedThoughApproved) {
  const auto reading = participating({nye, bee});
  auto undated = edition(reading, "2025-06-02");
  undated.dating = {undated.dating.at, DatedBy::nothing, "nothing dates it"};
  undated.verdict.emplace();
  undated.verdict->kind = VerdictKind::approve;
  auto doubted = edition(reading, "2025-06-03");
  doubted.dating.doubt = "an altered copy";
  doubted.verdict = undated.verdict;
  History history;
  history.then("2025-06-01", participating({nye})).then(undated, reading).then(doubted, reading);
  const auto folded = history.finish();
  EXPECT_EQ(folded.editions[1].status, EditionStatus::quarantined);
  EXPECT_EQ(folded.editions[1].reason, "nothing dates it");
  EXPECT_EQ(folded.editions[2].status, EditionStatus::accepted);
}

TEST(Fold, AnOlderEditionPublishedAgainIsQuarantined) {
  auto later = numbered(10);
  const auto older = participating(later);
  for (const auto& row : numbered(8, "Newcomer")) later.push_back(row);
  History history;
  history.then("2025-06-01", older)
      .then("2025-06-02", participating(later))
      .then("2025-06-03", older);
  const auto folded = history.finish();
  EXPECT_EQ(folded.editions[2].status, EditionStatus::quarantined);
  EXPECT_EQ(folded.editions[2].reason, "an older edition published again, 8 of 18 would end");
}

TEST(Fold, AColumnsFirstAppearanceIsNoChange) {
  auto before = participating({bee});
  before.columns.erase(Column::county);
  History history;
  history.then("2025-06-01", before).then("2025-06-02", participating({bee + " | Bee County"}));
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());
  EXPECT_EQ(folded.versions.back().facts.county, "Bee County");
}

TEST(Fold, AColumnThatIsMissingIsNotForgotten) {
  auto without = participating({bee});
  without.columns.erase(Column::county);
  History history;
  history.then("2025-06-01", participating({bee + " | Bee County"}))
      .then("2025-06-02", without)
      .then("2025-06-03", participating({bee + " | Bee County"}));
  EXPECT_THAT(history.finish().changes, IsEmpty());
}

TEST(Fold, LinksThatAllDisappearAreOneNoticeAndNoChange) {
  const auto linked = numbered(30);
  std::vector<std::string> bare;
  for (const auto& row : linked) bare.push_back(row.substr(0, row.rfind('|')) + "| ");
  History history;
  history.then("2025-06-01", participating(linked))
      .then("2025-06-02", participating(bare))
      .then("2025-06-03", participating(linked));
  const auto folded = history.finish();
  EXPECT_THAT(folded.changes, IsEmpty());
  ASSERT_EQ(folded.oddities.size(), 1U);
  EXPECT_EQ(folded.oddities[0].notice.kind, "mass loss");
  EXPECT_EQ(folded.oddities[0].notice.subject, "participating moa");
}

TEST(Fold, ALinkThatDisappearsAloneIsAChange) {
  History history;
  history.then("2025-06-01", participating({nye, bee}))
      .then("2025-06-02",
            participating({"NV | Nye County Sheriff's Office | JEM | 2020-06-09 |", bee}));
  EXPECT_THAT(describe(history.finish().changes),
              ElementsAre("changed NV Nye County Sheriff's Office JEM 2020-06-09 [moa: "
                          "https://www.ice.gov/doclib/287gMOA/nye.pdf -> ]"));
}

TEST(Fold, AMoaPostedWithoutItsLinkIsNotForgottenAndItsLinkIsNoNews) {
  const auto linked = participating({nye, bee});
  auto unlinked = linked;
  unlinked.content = sha256("link | addendum");
  unlinked.listings[0].moa_url.clear();  // still posted, but not said where
  History history;
  history.then("2025-06-01", linked).then("2025-06-02", unlinked).then("2025-06-03", linked);
  EXPECT_THAT(history.finish().changes, IsEmpty());

  auto posted = unlinked;
  posted.listings[1].moa_status = MoaStatus::posted;
  posted.content = sha256("bee's is posted too");
  History other;
  other.then("2025-06-01", unlinked).then("2025-06-02", posted).then("2025-06-03", linked);
  EXPECT_THAT(describe(other.finish().changes),
              ElementsAre("changed TX Bee County Sheriff's Office JEM 2025-03-01 [moa: pending -> "
                          "posted]",
                          "changed TX Bee County Sheriff's Office JEM 2025-03-01 [moa: posted -> "
                          "pending]"));
}

TEST(Fold, BlankAndLinkPendingAreTheSame) {
  History history;
  history.then("2025-06-01", participating({nye, bee}))
      .then("2025-06-02",
            participating({nye, "TX | Bee County Sheriff's Office | JEM | 2025-03-01 |"}));
  EXPECT_THAT(history.finish().changes, IsEmpty());
}

TEST(Fold, AgreementsOfOneNameAreOneAgencysUnlessTheirCountiesDiffer) {
  History history;
  history.then("2025-06-01",
               participating({"PA | Union Township Police | TFM | 2025-05-01 | a.pdf | Bucks",
                              "PA | Union Township Police | WSO | 2025-05-01 | b.pdf | Bucks",
                              "PA | Union Township Police | JEM | 2025-05-01 | c.pdf | Erie"}));
  const auto folded = history.finish();
  std::map<std::string, std::string> agency;
  for (const auto& version : folded.versions) agency[version.facts.model] = version.agency_id;
  EXPECT_EQ(agency["TFM"], agency["WSO"]);
  EXPECT_NE(agency["TFM"], agency["JEM"]);
}

TEST(Fold, OnlyTheWritingOfANameOrTypeIsClerical) {
  History history;
  history.then("2025-06-01", participating({nye, "FL | Tampa PD | TFM | 2025-02-28 | pending"}))
      .then("2025-06-02",
            participating({nye, "FL | Tampa Police Department | TFM | 2025-02-28 | pending"}))
      .then("2025-06-03",
            participating({nye, "FL | Tampa Police Department | TFM | 2025-02-28 | t.pdf"}));
  const auto changes = history.finish().changes;
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[0].clerical);
  EXPECT_FALSE(changes[1].clerical);
}

}  // namespace
}  // namespace agreementd::testing
