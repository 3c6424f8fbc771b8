#include "alerts/batch.h"

#include <span>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

using storage::Outgoing;
using ::testing::ElementsAre;

Outgoing outgoing(const Change& change, std::int64_t seq, Cause cause = Cause::edition) {
  Outgoing result;
  result.logged = logged(change, seq, cause);
  return result;
}

/// Bee County's application leaves as signed; `told`: the entry that told of the agreement.
Outgoing leaving(std::int64_t seq, const Outgoing& told) {
  Change change = bees_application();
  change.kind = ChangeKind::terminated;
  change.reason = "signed";
  change.related_id = told.logged.entry.change.agreement_id;
  auto result = outgoing(change, seq);
  result.signing = storage::Signing{told.logged};
  return result;
}

Outgoing retraction(std::int64_t seq, Outgoing& of) {
  Change change = of.logged.entry.change;
  change.kind = ChangeKind::retracted;
  change.retracts_seq = of.logged.entry.seq;
  auto result = outgoing(change, seq, Cause::verdict);
  result.retracted = of.logged;
  of.stands = false;
  return result;
}

Sink sink(Digest digest) {
  Sink result;
  result.name = "desk";
  result.digest = digest;
  return result;
}

Outgoing of_edition(const std::string& edition, std::int64_t seq) {
  Change change = bee_county();
  change.edition_id = sha256(edition);
  return outgoing(change, seq);
}

/// Seq 1; its application leaves with seq 2.
Outgoing signing_with_leaving() {
  auto signing = of_edition("one", 1);
  signing.application = storage::Leaving{leaving(2, signing).logged};
  return signing;
}

Batch next_batch(const Sink& to, const std::vector<Outgoing>& entries) {
  return next_batch(to, std::span(entries));
}

TEST(Batch, WithoutADigestEachEntryIsAMessage) {
  const auto batch = next_batch(sink(Digest::none), {of_edition("one", 1), of_edition("one", 2)});
  EXPECT_THAT(batch.seqs(), ElementsAre(1));
  EXPECT_EQ(batch.position, 1);
}

TEST(Batch, WhatOneEditionChangedIsAMessage) {
  const auto batch = next_batch(sink(Digest::edition),
                                {of_edition("one", 1), of_edition("one", 2), of_edition("two", 3)});
  EXPECT_THAT(batch.seqs(), ElementsAre(1, 2));
  EXPECT_EQ(batch.position, 2);
}

TEST(Batch, ADayIsOneMessage) {
  const auto batch = next_batch(sink(Digest::daily), {of_edition("one", 1), of_edition("two", 2)});
  EXPECT_THAT(batch.seqs(), ElementsAre(1, 2));
}

TEST(Batch, WhatWasSentOnceGoesOutAgainAsItWas) {
  std::vector entries{of_edition("one", 1), of_edition("two", 2), of_edition("three", 3)};
  entries[0].attempted = entries[1].attempted = true;
  EXPECT_THAT(next_batch(sink(Digest::daily), entries).seqs(), ElementsAre(1, 2));
}

TEST(Batch, WhatDoesNotPassIsDoneWithToo) {
  auto clerical = bee_county();
  clerical.clerical = true;
  const auto batch = next_batch(sink(Digest::none), {outgoing(clerical, 1), of_edition("one", 2),
                                                     outgoing(clerical, 3), of_edition("one", 4)});
  EXPECT_THAT(batch.seqs(), ElementsAre(2));
  EXPECT_EQ(batch.position, 3);
  const auto nothing = next_batch(sink(Digest::none), {outgoing(clerical, 1)});
  EXPECT_FALSE(nothing.message);
  EXPECT_EQ(nothing.position, 1);
}

TEST(Batch, ALongDigestIsSeveralMessages) {
  std::vector<Outgoing> entries;
  for (std::size_t i = 1; i <= most_items + 1; ++i)
    entries.push_back(of_edition("one", static_cast<std::int64_t>(i)));
  const auto batch = next_batch(sink(Digest::edition), entries);
  EXPECT_EQ(batch.message->items.size(), most_items);
  EXPECT_EQ(batch.position, static_cast<std::int64_t>(most_items));
}

TEST(Batch, ARetractionIsToldWhereWhatItTakesBackWasSentWhateverTheFilter) {
  auto told = of_edition("one", 1);
  auto taken_back = retraction(2, told);
  EXPECT_FALSE(next_batch(sink(Digest::none), {taken_back}).message);
  taken_back.retracted_attempted = true;
  auto narrow = sink(Digest::none);
  narrow.filter.states = {"FL"};
  const auto batch = next_batch(narrow, {taken_back});
  ASSERT_THAT(batch.seqs(), ElementsAre(2));
  EXPECT_EQ(batch.message->items[0].retracted->entry.seq, 1);
}

TEST(Batch, WhatARunTakesBackIsOneMessageOfWhateverEditionsItWas) {
  auto one = of_edition("one", 1);
  auto other = of_edition("two", 2);
  auto first = retraction(3, one);
  auto second = retraction(4, other);
  first.retracted_attempted = second.retracted_attempted = true;
  EXPECT_THAT(next_batch(sink(Digest::edition), {first, second, of_edition("two", 5)}).seqs(),
              ElementsAre(3, 4));
}

TEST(Batch, WithADelayWhatWasTakenBackMeanwhileIsNeverTold) {
  auto delayed = sink(Digest::edition);
  delayed.delay = std::chrono::hours{24};
  auto told = of_edition("one", 1);
  const auto taken_back = retraction(2, told);
  EXPECT_FALSE(next_batch(delayed, {told, taken_back}).message);
  // But where it may have been sent, before a crash or a time-out, both are.
  told.attempted = true;
  EXPECT_THAT(next_batch(delayed, {told}).seqs(), ElementsAre(1));
}

TEST(Batch, WithoutADelayWhatWasTakenBackWhileASinkWasAwayIsToldAndTakenBack) {
  auto told = of_edition("one", 1);
  const auto taken_back = retraction(2, told);
  EXPECT_THAT(next_batch(sink(Digest::edition), {told, taken_back}).seqs(), ElementsAre(1));
}

TEST(Batch, WhatAPersonBroughtIsOneMessageWithWhatItTookBack) {
  auto wrong = of_edition("one", 1);
  wrong.attempted = true;
  auto retracted = retraction(2, wrong);
  retracted.retracted_attempted = true;
  auto instead = outgoing(bee_county(), 4, Cause::verdict);
  instead.replaced = {wrong.logged.entry};
  auto of_another = bee_county();
  of_another.edition_id = sha256("two");
  auto to = sink(Digest::edition);
  to.filter.causes = {};
  const auto batch = next_batch(
      to, {retracted, outgoing(of_another, 3, Cause::verdict), instead, outgoing(of_another, 5)});
  EXPECT_THAT(batch.seqs(), ElementsAre(2, 3, 4));
}

TEST(Batch, OneSigningIsOneMessage) {
  const auto signing = signing_with_leaving();
  const auto batch = next_batch(sink(Digest::none), {signing, leaving(2, signing)});
  ASSERT_EQ(batch.message->items.size(), 1U);
  EXPECT_EQ(batch.message->items[0].application->entry.seq, 2);
  // Whoever got it got both: either may be taken back.
  EXPECT_THAT(batch.seqs(), ElementsAre(1, 2));
  // Its leaving alone: the agreement was told when it was listed.
  auto later = leaving(2, signing);
  later.signing->told = true;
  EXPECT_FALSE(next_batch(sink(Digest::none), {later}).message);
}

TEST(Batch, AnApplicationsLeavingOfAnotherCauseGoesAlongWhereThatCauseIsTold) {
  auto signing = of_edition("one", 1);
  signing.application =
      storage::Leaving{logged(leaving(2, signing).logged.entry.change, 2, Cause::archive)};
  auto to = sink(Digest::none);
  EXPECT_FALSE(next_batch(to, {signing}).message->items[0].application);
  to.filter.causes = {Cause::edition, Cause::archive};
  EXPECT_TRUE(next_batch(to, {signing}).message->items[0].application);
  to.filter.causes.clear();
  EXPECT_TRUE(next_batch(to, {signing}).message->items[0].application);
}

TEST(Batch, AnApplicationsLeavingIsToldWhereTheSigningWasNot) {
  // The sink began in between, or had another filter then.
  EXPECT_THAT(next_batch(sink(Digest::none), {leaving(2, of_edition("one", 1))}).seqs(),
              ElementsAre(2));
}

TEST(Batch, AnApplicationsLeavingThatDoesNotStandIsNotToldWithItsSigning) {
  auto signing = signing_with_leaving();
  signing.application->stands = false;
  auto withdrawn = leaving(2, signing);
  withdrawn.stands = false;
  auto delayed = sink(Digest::none);
  delayed.delay = std::chrono::hours{24};
  const auto batch = next_batch(delayed, {signing, withdrawn});
  ASSERT_EQ(batch.message->items.size(), 1U);
  EXPECT_FALSE(batch.message->items[0].application);
}

TEST(Batch, AnApplicationsLeavingIsToldWhereTheSigningIsNotForTheSink) {
  const auto signing = of_edition("one", 1);
  auto pending = sink(Digest::none);
  pending.filter.lists = {List::pending};
  EXPECT_THAT(next_batch(pending, {signing, leaving(2, signing)}).seqs(), ElementsAre(2));
  // Of an agreement that was there before the history begins there is no entry.
  auto alone = leaving(2, signing);
  alone.signing.reset();
  EXPECT_THAT(next_batch(sink(Digest::none), {alone}).seqs(), ElementsAre(2));
}

TEST(Batch, WhatHoldsInsteadOfAToldLeavingIsToldThoughItsSigningWas) {
  auto signing = of_edition("one", 7);
  auto instead = leaving(8, signing);
  instead.logged.entry.cause = Cause::verdict;
  const auto told_before = leaving(5, signing).logged.entry;
  instead.signing->told = true;
  const auto to = sink(Digest::edition);
  EXPECT_FALSE(next_batch(to, {instead}).message) << "nobody was told of another";
  instead.replaced = {told_before};
  instead.replaced_told = true;
  EXPECT_THAT(next_batch(to, {instead}).seqs(), ElementsAre(8));
  // It goes with its signing where both are of one run, and of what the sink is told.
  instead.logged.entry.cause = Cause::edition;
  signing.application = storage::Leaving{instead.logged};
  EXPECT_THAT(next_batch(to, {signing, instead}).seqs(), ElementsAre(7, 8));
  EXPECT_EQ(next_batch(to, {signing, instead}).message->items.size(), 1U);
}

TEST(Batch, WhatHoldsInsteadOfWhatWasToldIsToldWhateverItIsOf) {
  auto instead = outgoing(bee_county(), 4, Cause::verdict);
  instead.logged.entry.change.kind = ChangeKind::terminated;
  instead.replaced = {leaving(3, of_edition("one", 1)).logged.entry};
  auto narrow = sink(Digest::edition);
  narrow.filter.kinds = {ChangeKind::added};
  EXPECT_FALSE(next_batch(narrow, {instead}).message);
  instead.replaced_told = true;
  EXPECT_THAT(next_batch(narrow, {instead}).seqs(), ElementsAre(4));
  instead.logged.entry.change.clerical = true;
  EXPECT_FALSE(next_batch(narrow, {instead}).message) << "a spelling is no news";
}

TEST(Batch, UnfoldedASigningIsTwo) {
  auto unfolded = sink(Digest::edition);
  unfolded.fold_signings = false;
  const auto signing = signing_with_leaving();
  const auto batch = next_batch(unfolded, {signing, leaving(2, signing)});
  EXPECT_FALSE(batch.message->items[0].application);
  EXPECT_THAT(next_batch(unfolded, {leaving(2, signing)}).seqs(), ElementsAre(2));
}

TEST(DueUntil, OfADailyDigestIsItsLastTimeOfDayInNewYork) {
  auto daily = sink(Digest::daily);
  daily.daily_at = std::chrono::hours{7};
  EXPECT_EQ(due_until(daily, *parse_instant("2025-07-02T12:00:00Z")),
            *parse_instant("2025-07-02T11:00:00Z"));
  EXPECT_EQ(due_until(daily, *parse_instant("2025-07-02T10:59:59Z")),
            *parse_instant("2025-07-01T11:00:00Z"));
  daily.delay = std::chrono::hours{24};
  EXPECT_EQ(due_until(daily, *parse_instant("2025-07-02T12:00:00Z")),
            *parse_instant("2025-07-01T11:00:00Z"));
}

TEST(DueUntil, OtherwiseIsTheDelayAgoAndWithoutOneAnyTime) {
  auto delayed = sink(Digest::edition);
  const auto now = *parse_instant("2025-07-02T12:00:00Z");
  EXPECT_GT(due_until(delayed, now), now + std::chrono::years{1000}) << "whatever the clock did";
  delayed.delay = std::chrono::hours{1};
  EXPECT_EQ(due_until(delayed, now), now - std::chrono::hours{1});
}

TEST(DueAt, IsTheFirstMomentAtWhichItIsDue) {
  auto daily = sink(Digest::daily);
  daily.daily_at = std::chrono::hours{7};
  auto late = daily;
  late.delay = std::chrono::hours{30};
  auto delayed = sink(Digest::edition);
  delayed.delay = std::chrono::hours{24};
  // Over both days on which New York's clocks are set.
  for (auto recorded = *parse_instant("2025-03-07T00:17:00Z");
       recorded < *parse_instant("2025-11-05T00:00:00Z"); recorded += std::chrono::minutes{47}) {
    for (const auto& each : {daily, late, delayed}) {
      const auto due = due_at(each, recorded);
      ASSERT_GE(due_until(each, due), recorded) << to_string(recorded);
      ASSERT_LT(due_until(each, due - std::chrono::seconds{1}), recorded) << to_string(recorded);
    }
  }
  EXPECT_EQ(due_at(sink(Digest::none), *parse_instant("2025-07-02T12:00:00Z")),
            *parse_instant("2025-07-02T12:00:00Z"));
}

}  // namespace
}  // namespace agreementd::alerts
