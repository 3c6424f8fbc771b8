#include "alerts/signings.h"

#include <gtest/gtest.h>

#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

Change leaving(const std::string& agreement = "ABEEBEEBE") {
  Change change = bees_application();
  change.kind = ChangeKind::terminated;
  change.reason = "signed";
  change.related_id = agreement;
  return change;
}

std::vector<std::int64_t> seqs(const std::vector<Item>& items) {
  std::vector<std::int64_t> result;
  for (const auto& each : items) result.push_back(each.logged.entry.seq);
  return result;
}

using Seqs = std::vector<std::int64_t>;

TEST(FoldSignings, OneSigningIsOneItem) {
  const auto items = fold_signings({logged(bee_county(), 1), logged(leaving(), 2)}, {});
  ASSERT_EQ(seqs(items), Seqs{1});
  ASSERT_TRUE(items[0].application.has_value());
  EXPECT_EQ(items[0].application->entry.seq, 2);
  EXPECT_EQ(items[0].application->text, logged(leaving(), 2).text);
}

TEST(FoldSignings, TheOrderOfTheLogIsKept) {
  auto other = bee_county();
  other.agreement_id = "AOTHEROTH";
  const auto items = fold_signings({logged(leaving(), 1), logged(other, 2), logged(bee_county(), 3),
                                    logged(bees_application(), 4)},
                                   {});
  EXPECT_EQ(seqs(items), (Seqs{2, 3, 4}));
  EXPECT_FALSE(items[0].application.has_value());
  EXPECT_TRUE(items[1].application.has_value());
}

TEST(FoldSignings, ALeavingWhoseAgreementWasToldBeforeIsDropped) {
  EXPECT_TRUE(fold_signings({logged(leaving(), 1)}, {}).empty());
}

TEST(FoldSignings, OnlyLeavingsForASigningAreFolded) {
  auto unlisted = leaving();
  unlisted.reason = "unlisted";
  unlisted.related_id.clear();
  EXPECT_EQ(seqs(fold_signings({logged(bee_county(), 1), logged(unlisted, 2)}, {})), (Seqs{1, 2}));
}

TEST(FoldSignings, WhatTheFilterRefusesIsNotTold) {
  Filter filter;
  filter.states = {"FL"};
  EXPECT_TRUE(fold_signings({logged(bee_county(), 1), logged(leaving(), 2)}, filter).empty());
}

TEST(FoldSignings, TheApplicationIsToldWithItsAgreementThoughItWouldNotPassAlone) {
  Filter filter;
  filter.kinds = {ChangeKind::added};
  const auto items = fold_signings({logged(bee_county(), 1), logged(leaving(), 2)}, filter);
  ASSERT_EQ(seqs(items), Seqs{1});
  EXPECT_TRUE(items[0].application.has_value());
}

TEST(FoldSignings, WhoFollowsThePendingListAloneIsToldThatTheApplicationLeft) {
  Filter filter;
  filter.lists = {List::pending};
  EXPECT_EQ(seqs(fold_signings({logged(bee_county(), 1), logged(leaving(), 2)}, filter)), Seqs{2});
  EXPECT_EQ(seqs(fold_signings({logged(leaving(), 2)}, filter)), Seqs{2});
}

TEST(FoldSignings, OfTwoApplicationsOfOneAgreementNoneIsLost) {
  const auto items =
      fold_signings({logged(bee_county(), 1), logged(leaving(), 2), logged(leaving(), 3)}, {});
  EXPECT_EQ(seqs(items), (Seqs{1, 3}));
}

TEST(FoldSignings, ARetractionIsKeptWhateverTheFilter) {
  auto change = leaving();
  change.kind = ChangeKind::retracted;
  change.retracts_seq = 1;
  Filter filter;
  filter.states = {"FL"};
  EXPECT_EQ(seqs(fold_signings({logged(change, 2, Cause::verdict)}, filter)), Seqs{2});
}

TEST(FoldSignings, UnfoldedEachEntryIsAnItem) {
  const auto items = fold_signings({logged(bee_county(), 1), logged(leaving(), 2)}, {}, false);
  EXPECT_EQ(seqs(items), (Seqs{1, 2}));
  EXPECT_FALSE(items[0].application.has_value());
  EXPECT_EQ(seqs(fold_signings({logged(leaving(), 2)}, {}, false)), Seqs{2});
}

}  // namespace
}  // namespace agreementd::alerts
