#include <gtest/gtest.h>

#include "alerts/words.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

using Lines = std::vector<std::string>;

Change bee(ChangeKind kind, const std::string& reason) {
  Change change = bee_county();
  change.kind = kind;
  change.reason = reason;
  return change;
}

TEST(Words, WhatIsTakenBackSaysWhatWasToldWhenAndWhyItDoesNotHold) {
  auto change = bee(ChangeKind::retracted, "verdict");
  change.retracts_seq = 41;
  change.evidence = "rejected by jane: \"an old list\"";
  auto told = item(change, 42, Cause::verdict);
  EXPECT_EQ(words_of(told).headline,
            "Taken back: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01: "
            "entry 41 does not hold");
  told.retracted = logged(bee(ChangeKind::terminated, "unlisted"), 41);
  const auto words = words_of(told);
  EXPECT_EQ(words.headline,
            "Taken back: “Ended: Bee County Sheriff's Office, TX: task force model, signed "
            "2025-03-01 (no longer listed)”");
  EXPECT_EQ(words.details,
            (Lines{"this was entry 41 of 2025-03-18T22:01:02Z; it does not hold",
                   "it said: no longer listed 2025-03-18, in participatingAgencies03182025pm.xlsx",
                   "why: rejected by jane: \"an old list\"",
                   "agreement ABEEBEEBE, entry 42, recorded 2025-03-18T22:01:02Z"}));
}

TEST(Words, WhyARetractionHappenedIsSaidWithoutEvidenceToo) {
  const auto words = words_of(item(bee(ChangeKind::retracted, "rebuild"), 42, Cause::rebuild));
  EXPECT_EQ(words.details[0], "why: the same lists are read better");
}

TEST(Words, AnUnconfirmedOneSaysWhatItIsPossiblyTheSameAs) {
  auto change = bee_county();
  change.unconfirmed = true;
  auto told = item(change);
  EXPECT_TRUE(words_of(told).headline.ends_with("2025-03-01; unconfirmed"));
  told.possibly_same = {agreement_name(bee_county())};
  EXPECT_TRUE(words_of(told).headline.ends_with(
      "; possibly the same as Bee County Sheriff's Office (TX, task force model, signed "
      "2025-03-01)"));
  told.possibly_same.emplace_back("Be County (TX)");
  const auto words = words_of(told);
  EXPECT_TRUE(words.headline.ends_with(") or one other"));
  EXPECT_EQ(words.details[1], "possibly the same as Be County (TX)");
}

}  // namespace
}  // namespace agreementd::alerts
