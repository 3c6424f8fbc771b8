#include "model/entry.h"
#include "model/result.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

namespace agreementd::testing {
namespace {

class History : public DatabaseTest {
 protected:
  void write(const Difference& difference, Instant now = noon(day(2025, 9, 2))) {
    const auto consequences = store_.begin_consequences();
    consequences->write(difference, now, {1, {}});
    consequences->commit();
  }
  const SmallHistory small_;
};

void expect_equal(const Edition& stored, const Edition& given) {
  EXPECT_EQ(stored.id, given.id);
  EXPECT_EQ(stored.list, given.list);
  EXPECT_EQ(stored.content, given.content);
  EXPECT_EQ(stored.document, given.document);
  EXPECT_EQ(stored.file_name, given.file_name);
  EXPECT_EQ(stored.dating.at, given.dating.at);
  EXPECT_EQ(stored.dating.dated_by, given.dating.dated_by);
  EXPECT_EQ(stored.dating.doubt, given.dating.doubt);
  EXPECT_EQ(stored.instant, given.instant);
  EXPECT_EQ(stored.saved_at, given.saved_at);
  EXPECT_EQ(stored.status, given.status);
  EXPECT_EQ(stored.reason, given.reason);
  EXPECT_EQ(stored.baseline, given.baseline);
  EXPECT_EQ(stored.listing_count, given.listing_count);
  EXPECT_EQ(stored.agreement_count, given.agreement_count);
}

TEST_F(History, AnEditionKeepsEachOfItsFields) {
  const auto list = document("a list");
  store_.add_evidence({list}, {});
  auto given = edition(list, day(2025, 6, 1), List::pending);
  given.file_name.clear();
  given.instant += std::chrono::microseconds{1};
  given.dating.dated_by = DatedBy::last_modified;
  given.dating.doubt = "captured before it was saved";
  given.saved_at = noon(day(2025, 6, 2));
  given.status = EditionStatus::quarantined;
  given.reason = "its date cannot be believed";
  given.baseline = true;
  const auto consequences = store_.begin_consequences();
  given.verdict = verdict_on(list.sha256, "");
  given.verdict->verdict_id = consequences->add_verdict(*given.verdict);
  Difference difference;
  difference.editions = {given};
  consequences->write(difference, noon(day(2025, 9, 1)), {1, {}});

  const auto editions = consequences->history().editions;
  ASSERT_EQ(editions.size(), 1U);
  expect_equal(editions[0], given);
  ASSERT_TRUE(editions[0].verdict);
  EXPECT_EQ(editions[0].verdict->verdict_id, 1);
  EXPECT_EQ(editions[0].verdict->why, given.verdict->why);
  EXPECT_EQ(editions[0].verdict->subjects, given.verdict->subjects);
}

TEST_F(History, AVersionKeepsEachOfItsFieldsAndRows) {
  auto given = small_.difference;
  auto& full = given.versions[0];
  end(full, small_.later);
  full.match = {4, "\"Old Co.\" is Old County, \\ spelled out"};
  full.facts.signed_on.reset();
  full.facts.signed_text = "05/082025";
  auto odd = listing("OLD COUNTY SHERIFF\u2019S OFFICE; '); DROP SCHEMA agreementd CASCADE; --");
  odd.signed_on.reset();
  odd.oddities = {"state \"TEXSA\" read as TX", "a, b {c} \\ \n", ""};
  odd.readable = false;
  full.rows.push_back(odd);
  auto& bare = given.versions[1];
  bare.facts = {};
  bare.rows = {Listing{}};
  store_run(store_, {small_.first, small_.second}, given, noon(day(2025, 9, 1)));

  const auto versions = believed(store_).versions;
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].version, full);
  EXPECT_EQ(versions[1].version, bare);
  EXPECT_NE(versions[0].version_id, versions[1].version_id);
}

TEST_F(History, AMintingKeepsEachOfItsFieldsAndGetsANumber) {
  small_.store_in(store_);
  const auto mintings = believed(store_).mintings;
  ASSERT_EQ(mintings.size(), 2U);
  const auto given = minting_of(small_.old_one);
  EXPECT_EQ(mintings[0].id, given.id);
  EXPECT_LT(mintings[0].order, mintings[1].order);
  EXPECT_EQ(mintings[0].list, given.list);
  EXPECT_EQ(mintings[0].content, given.content);
  EXPECT_EQ(mintings[0].state_text, given.state_text);
  EXPECT_EQ(mintings[0].agency, given.agency);
  EXPECT_EQ(mintings[0].model_text, given.model_text);
  EXPECT_EQ(mintings[0].signed_text, given.signed_text);
}

TEST_F(History, AClosedVersionIsBelievedNoMoreAndKeptForGood) {
  small_.store_in(store_);
  const auto before = believed(store_);
  Difference correction;
  correction.closed_versions = {before.versions[0].version_id};
  correction.versions = {small_.old_one};
  correction.versions[0].facts.county = "Elsewhere";
  write(correction);

  const auto after = believed(store_).versions;
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[1].version.facts.county, "Elsewhere");
  EXPECT_EQ(ask(store_, "SELECT recorded_to FROM versions WHERE version_id = 1"),
            "2025-09-02T17:00:00Z");
  EXPECT_EQ(ask(store_, "SELECT county FROM versions WHERE version_id = 1"), "Anywhere");
}

TEST_F(History, AClosedEditionIsBelievedNoMoreAndCanReturnAnotherWay) {
  small_.store_in(store_);
  Difference correction;
  correction.closed_editions = {small_.later.id};
  correction.editions = {small_.later};
  correction.editions[0].status = EditionStatus::rejected;
  correction.editions[0].reason = "published by mistake";
  write(correction);
  const auto editions = believed(store_).editions;
  ASSERT_EQ(editions.size(), 2U);
  EXPECT_EQ(editions[1].status, EditionStatus::rejected);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM editions"), "3");
}

TEST_F(History, TwoTruthsAboutOneMomentAreRefused) {
  small_.store_in(store_);
  Difference contradiction;
  contradiction.versions = {small_.old_one};
  contradiction.versions[0].from += std::chrono::hours{1};
  EXPECT_THROW(write(contradiction), Failure);
  contradiction.versions.clear();
  contradiction.editions = {small_.later};
  EXPECT_THROW(write(contradiction), Failure);
  contradiction.editions[0].id = sha256("another at the same instant");
  EXPECT_THROW(write(contradiction), Failure);
}

TEST_F(History, WhatFollowsOnTheListedClockIsNoSecondTruth) {
  small_.store_in(store_);
  Difference next;
  next.closed_versions = {believed(store_).versions[0].version_id};
  next.versions = {small_.old_one, small_.old_one};
  end(next.versions[0], small_.later);
  next.versions[1].from = small_.later.instant;
  write(next);
  EXPECT_EQ(believed(store_).versions.size(), 3U);
}

TEST_F(History, WithdrawnInTheInstantItWasRecordedItWasNeverBelieved) {
  small_.store_in(store_, noon(day(2025, 9, 1)));
  Difference correction;
  correction.closed_versions = {believed(store_).versions[0].version_id};
  correction.versions = {small_.old_one};
  write(correction, noon(day(2025, 9, 1)));
  EXPECT_EQ(believed(store_).versions.size(), 2U);
  EXPECT_EQ(ask(store_,
                "SELECT count(*) FROM agreements_as_of('2025-06-30', "
                "'2025-09-01 17:00:00Z')"),
            "2");
}

TEST_F(History, ADifferenceThatClosesWhatIsNotOpenIsRefusedWhole) {
  small_.store_in(store_);
  Difference stale;
  stale.closed_versions = {1, 99};
  EXPECT_THROW(write(stale), Failure);
  stale.closed_versions = {1};
  write(stale);
  EXPECT_THROW(write(stale), Failure);
  stale = {};
  stale.closed_editions = {sha256("no such edition")};
  EXPECT_THROW(write(stale), Failure);
  stale = {};
  stale.closed_reviews = {{small_.later.id, List::participating, {"AAAAAAAA"}, "no such review"}};
  EXPECT_THROW(write(stale), Failure);
  EXPECT_EQ(believed(store_).editions.size(), 2U);
}

TEST_F(History, RedirectsAreFollowedToTheirEndAndCanBeUndone) {
  small_.store_in(store_);
  Difference merge;
  merge.redirects = {{"ABBBBBBBB", "AAAAAAAAA"}, {"ACCCCCCCC", "ABBBBBBBB"}};
  write(merge);
  const std::vector<Redirect> to_the_end = {{"ABBBBBBBB", "AAAAAAAAA"}, {"ACCCCCCCC", "AAAAAAAAA"}};
  EXPECT_EQ(believed(store_).redirects, to_the_end);
  write(merge);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM redirects"), "2");

  Difference undo;
  undo.redirects = {{"ABBBBBBBB", ""}};
  write(undo);
  EXPECT_EQ(believed(store_).redirects, (std::vector<Redirect>{{"ACCCCCCCC", "ABBBBBBBB"}}));
  Difference elsewhere;
  elsewhere.redirects = {{"ACCCCCCCC", "AAAAAAAAA"}};
  write(elsewhere);
  EXPECT_EQ(believed(store_).redirects, elsewhere.redirects);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM redirects"), "3");
}

TEST_F(History, ReviewsAreOpenUntilTheyAreClosed) {
  small_.store_in(store_);
  const Review review{
      small_.later.id, List::participating, {"AAAAAAAAA", "ABBBBBBBB"}, "the same?"};
  Difference raise;
  raise.reviews = {review, {small_.later.id, List::pending, {}, "\"quoted\", {odd}"}};
  write(raise);
  EXPECT_EQ(believed(store_).reviews, raise.reviews);
  Difference settle;
  settle.closed_reviews = {review};
  write(settle);
  EXPECT_EQ(believed(store_).reviews, std::vector<Review>{raise.reviews[1]});
}

TEST_F(History, AnEditionThatChangesNothingIsOneRowBesideItsEvidence) {
  small_.store_in(store_);
  const auto counts = R"sql(
SELECT string_agg(relname || ' ' || (xpath('/row/count/text()', query_to_xml(
  'SELECT count(*) FROM ' || relname, false, true, '')))[1]::text, ', ' ORDER BY relname)
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'agreementd'::regnamespace
  AND relname NOT IN ('documents', 'fetches', 'editions', 'unfolded', 'runs'))sql";
  const auto before = ask(store_, counts);
  const auto third = document("third");
  Difference difference;
  difference.editions = {edition(third, day(2025, 6, 20))};
  store_run(store_, {third}, difference, noon(day(2025, 9, 5)));
  EXPECT_EQ(ask(store_, counts), before);
  EXPECT_EQ(ask(store_,
                "SELECT (SELECT count(*) FROM documents) || ' ' || (SELECT count(*) FROM"
                " fetches) || ' ' || (SELECT count(*) FROM editions)"),
            "3 3 3");
}

TEST_F(History, AnEmptyDifferenceWritesNoRow) {
  small_.store_in(store_);
  // The server numbers a transaction when it first writes.
  const auto next_writer = "SELECT pg_snapshot_xmax(pg_current_snapshot())";
  const auto before = ask(store_, next_writer);
  const auto consequences = store_.begin_consequences();
  consequences->write({}, noon(day(2025, 9, 9)), {1, {}});
  consequences->commit();
  EXPECT_EQ(ask(store_, next_writer), before);
}

}  // namespace
}  // namespace agreementd::testing
