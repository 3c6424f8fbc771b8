// What a run writes: the difference and nothing else.
#include "tracking/reconcile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists.h"
#include "memory.h"

namespace agreementd::testing {
namespace {

using ::testing::ElementsAre;

const std::string nye = "NV | Nye County Sheriff's Office | JEM | 2020-06-09 | nye.pdf";
const std::string bee = "TX | Bee County Sheriff's Office | JEM | 2025-03-01 | pending";
const std::string lake = "FL | Lake Police Department | TFM | 2025-03-01 | pending";

Memory::Publication published(const std::string& day, const std::vector<std::string>& rows) {
  return {participating(rows), day, 0, "list" + day + ".xlsx"};
}

std::vector<std::string> written(const Difference& difference) {
  std::vector<std::string> lines;
  for (const auto& entry : difference.entries) lines.push_back(describe(entry.change));
  return lines;
}

TEST(Reconcile, AnEditionThatChangesNothingWritesItsEditionRowAlone) {
  Memory memory;
  memory.add({published("2025-06-01", {nye, bee})});
  const auto difference = memory.add({published("2025-06-02", {nye, bee, bee})});
  EXPECT_EQ(difference.editions.size(), 1U);
  EXPECT_TRUE(difference.versions.empty());
  EXPECT_TRUE(difference.closed_versions.empty());
  EXPECT_TRUE(difference.entries.empty());
  EXPECT_TRUE(difference.closed_editions.empty());
}

TEST(Reconcile, OneMoreSightingOfAnEditionWritesNothing) {
  Memory memory;
  memory.add({published("2025-06-01", {nye, bee})});
  auto again = published("2025-06-01", {nye, bee});
  again.day = "2025-06-02";
  again.name = "again.xlsx";
  EXPECT_TRUE(memory.add({again}).empty());
}

TEST(Reconcile, ALateListTakesBackWhatItDisproves) {
  Memory memory;
  memory.add({published("2025-06-01", {nye}), published("2025-06-05", {nye, bee, lake})});
  const auto difference = memory.add({published("2025-06-03", {nye, bee})});
  EXPECT_THAT(written(difference),
              ElementsAre("retracted TX Bee County Sheriff's Office JEM 2025-03-01 archive",
                          "new TX Bee County Sheriff's Office JEM 2025-03-01 listed"));
  EXPECT_EQ(difference.entries[0].change.retracts_seq, 2);
  EXPECT_EQ(to_string(difference.entries[1].change.effective_date), "2025-06-03");
}

TEST(Reconcile, AnIdOutlivesTheEditionsBeforeIt) {
  Memory memory;
  memory.add({published("2025-06-05", {nye, bee})});
  std::string id;
  for (const auto& stored : memory.stored().versions)
    if (stored.version.facts.state == "TX") id = stored.version.agreement_id;
  memory.add({published("2025-06-01", {nye}), published("2025-06-03", {nye, bee})});
  for (const auto& stored : memory.stored().versions) {
    if (stored.version.facts.state == "TX") {
      EXPECT_EQ(stored.version.agreement_id, id);
    }
  }
}

TEST(Reconcile, WhatALateListShowsToBeOneKeepsTheIdRecordedFirst) {
  // Two months apart without a document, the two look like two agreements; the list between them
  // has both dates a few days from each other.
  const std::string early = "FL | Hardy County Sheriff's Office | TFM | 2025-02-26 | pending";
  const std::string between = "FL | Hardy County Sheriff's Office | TFM | 2025-04-01 | pending";
  const std::string late = "FL | Hardy County Sheriff's Office | TFM | 2025-05-08 | pending";
  Memory memory;
  memory.add({published("2025-06-01", {nye, early}), published("2025-06-05", {nye, late})});
  ASSERT_EQ(memory.log().size(), 2U);
  const auto first = memory.log()[1].change.agreement_id;   // of the one that ended
  const auto second = memory.log()[0].change.agreement_id;  // of the one that was new
  ASSERT_NE(first, second);
  memory.add({published("2025-06-03", {nye, between})});
  ASSERT_EQ(memory.stored().redirects.size(), 1U);
  for (const auto& stored : memory.stored().versions) {
    if (stored.version.facts.state == "FL") {
      EXPECT_EQ(stored.version.agreement_id, memory.stored().redirects[0].to);
    }
  }
}

TEST(Reconcile, ARejectedEditionIsTakenBackAndAnApprovedOneToldAgain) {
  Memory memory;
  memory.add({published("2025-06-01", {nye}), published("2025-06-02", {nye, bee})});
  EXPECT_THAT(written(memory.verdict(VerdictKind::reject, "list2025-06-02.xlsx")),
              ElementsAre("retracted TX Bee County Sheriff's Office JEM 2025-03-01 verdict"));
  const auto approved = memory.verdict(VerdictKind::approve, "list2025-06-02.xlsx");
  EXPECT_THAT(written(approved),
              ElementsAre("new TX Bee County Sheriff's Office JEM 2025-03-01 listed"));
  EXPECT_EQ(approved.entries[0].cause, Cause::verdict);
}

TEST(Reconcile, APolledEditionIsTheCauseOfItsEntries) {
  StoredHistory stored;
  const auto before = participating({nye});
  const auto after = participating({nye, bee});
  tracking::Fold fold({}, {}, {});
  fold.step(edition(before, "2025-06-01"), before);
  const auto newest = edition(after, "2025-06-02");
  fold.step(newest, after);
  const auto difference = tracking::reconcile(stored, fold.finish(), {Cause::archive, {newest.id}});
  ASSERT_EQ(difference.entries.size(), 1U);
  EXPECT_EQ(difference.entries[0].cause, Cause::edition);
}

}  // namespace
}  // namespace agreementd::testing
