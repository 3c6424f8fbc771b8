#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

/// Evidence of polls: what waits to be folded, what is a stale link, what is known of a URL.
namespace agreementd::testing {
namespace {

constexpr auto url = "https://example.org/list.xlsx";

Fetch poll_of(const Document& document, const std::string& name, Date date = day(2025, 9, 3)) {
  auto fetch = import_of(document, name);
  fetch.origin = Origin::poll;
  fetch.url = url;
  fetch.at = noon(date);
  return fetch;
}

Fetch failed(Outcome outcome) {
  Fetch fetch;
  fetch.origin = Origin::poll;
  fetch.url = url;
  fetch.at = noon(day(2025, 9, 4));
  fetch.outcome = outcome;
  return fetch;
}

class Polls : public DatabaseTest {
 protected:
  std::vector<std::int64_t> unfolded() { return store_.begin_consequences()->unfolded(); }

  /// Two editions of the participating list, folded: `older` and then `newer`.
  void store_two_editions() {
    for (const auto* each : {&older_, &newer_})
      store_.add_poll(poll_of(*each, each->bytes + ".xlsx"), each->bytes);
    const auto consequences = store_.begin_consequences();
    Difference difference;
    difference.editions = {edition(older_, day(2025, 9, 1)), edition(newer_, day(2025, 9, 2))};
    for (const auto& each : difference.editions)
      consequences->add_readings(
          {{each.document, 1, ReadingSummary{each.list, each.content, std::nullopt, 2}, ""}});
    consequences->write(difference, noon(day(2025, 9, 3)), {1, {}});
    consequences->settle();
    consequences->commit();
  }

  const Document older_ = document("older");
  const Document newer_ = document("newer");
};

TEST_F(Polls, WhatWasNotSeenBeforeWaitsUntilItIsSettled) {
  const auto list = document("list");
  EXPECT_TRUE(store_.add_poll(poll_of(list, "list.xlsx"), list.bytes).news);
  EXPECT_EQ(unfolded(), std::vector<std::int64_t>{1});
  const auto consequences = store_.begin_consequences();
  consequences->settle();
  consequences->commit();
  EXPECT_TRUE(unfolded().empty());
}

TEST_F(Polls, TheSameDocumentUnderTheSameNameAgainIsNoNews) {
  const auto list = document("list");
  store_.add_poll(poll_of(list, "list.xlsx"), list.bytes);
  EXPECT_FALSE(store_.add_poll(poll_of(list, "list.xlsx", day(2025, 9, 5)), list.bytes).news);
  EXPECT_TRUE(store_.add_poll(poll_of(list, "again.xlsx", day(2025, 9, 5)), list.bytes).news);
  EXPECT_EQ(unfolded(), (std::vector<std::int64_t>{1, 3}));
}

TEST_F(Polls, WhatWasSeenEarlierThanTheFirstSightingKnownIsNews) {
  const auto list = document("list");
  store_.add_poll(poll_of(list, "list.xlsx"), list.bytes);
  EXPECT_TRUE(store_.add_poll(poll_of(list, "list.xlsx", day(2025, 8, 1)), list.bytes).news);
}

TEST_F(Polls, AFailureAndAnAnswerWithoutADocumentAreNoNews) {
  EXPECT_FALSE(store_.add_poll(failed(Outcome::blocked), "").news);
  EXPECT_FALSE(store_.add_poll(failed(Outcome::not_modified), "").news);
  EXPECT_TRUE(unfolded().empty());
}

TEST_F(Polls, AnImportWaitsAsAPollDoes) {
  const auto list = document("list");
  store_.add_evidence({list}, {import_of(list, "list.xlsx")});
  EXPECT_EQ(unfolded(), std::vector<std::int64_t>{1});
}

TEST_F(Polls, AnOlderListUnderItsNameOrNoneIsAStaleLink) {
  store_two_editions();
  for (const std::string name : {"older.xlsx", ""}) {
    const auto recorded = store_.add_poll(poll_of(older_, name, day(2025, 9, 5)), older_.bytes);
    EXPECT_EQ(recorded.outcome, Outcome::stale_link) << name;
    EXPECT_FALSE(recorded.news) << name;
  }
  EXPECT_TRUE(store_.is_stale(older_.sha256, "older.xlsx"));
  EXPECT_EQ(store_.look()->inputs().sightings.size(), 2U);
}

TEST_F(Polls, AnOlderListUnderANewNameIsASighting) {
  store_two_editions();
  const auto recorded =
      store_.add_poll(poll_of(older_, "newest.xlsx", day(2025, 9, 5)), older_.bytes);
  EXPECT_EQ(recorded.outcome, Outcome::ok);
  EXPECT_TRUE(recorded.news);
  EXPECT_EQ(store_.look()->inputs().sightings.size(), 3U);
}

TEST_F(Polls, TheNewestListIsNotStale) {
  store_two_editions();
  EXPECT_FALSE(store_.is_stale(newer_.sha256, "newer.xlsx"));
  EXPECT_EQ(store_.add_poll(poll_of(newer_, "newer.xlsx"), newer_.bytes).outcome, Outcome::ok);
}

TEST_F(Polls, AUrlNeverAskedForIsUnknown) {
  const auto memory = store_.recall(url);
  EXPECT_FALSE(memory.last);
  EXPECT_FALSE(memory.document);
}

TEST_F(Polls, AUrlIsKnownByItsLastOutcomeAndItsLastDocument) {
  const auto list = document("list");
  auto fetch = poll_of(list, "list.xlsx");
  fetch.etag = "\"v1\"";
  fetch.last_modified = "Wed, 03 Sep 2025 17:00:00 GMT";
  store_.add_poll(fetch, list.bytes);
  store_.add_poll(failed(Outcome::timeout), "");
  const auto memory = store_.recall(url);
  EXPECT_EQ(memory.last, Outcome::timeout);
  EXPECT_EQ(memory.document, list.sha256);
  EXPECT_EQ(memory.outcome, Outcome::ok);
  EXPECT_EQ(memory.file_name, "list.xlsx");
  EXPECT_EQ(memory.etag, "\"v1\"");
  EXPECT_EQ(memory.last_modified, "Wed, 03 Sep 2025 17:00:00 GMT");
  EXPECT_FALSE(memory.list) << "not read yet";
  EXPECT_FALSE(store_.recall("https://example.org/other.xlsx").last);
}

TEST_F(Polls, WhatARedirectLedToGivesNoValidators) {
  const auto list = document("list");
  auto fetch = poll_of(list, "list.xlsx");
  fetch.etag = "\"v1\"";
  fetch.last_modified = "Wed, 03 Sep 2025 17:00:00 GMT";
  fetch.answered_by = "https://example.org/elsewhere.xlsx";
  store_.add_poll(fetch, list.bytes);
  const auto memory = store_.recall(url);
  EXPECT_EQ(memory.document, list.sha256);
  EXPECT_EQ(memory.etag, "");
  EXPECT_EQ(memory.last_modified, "");
}

TEST_F(Polls, AUrlIsKnownBySinceWhenItFailsSoAndWhenItsBytesWereKept) {
  const auto at = [](int minute) {
    return Instant{std::chrono::sys_days{day(2025, 9, 6)}} + std::chrono::minutes{minute};
  };
  const auto junk = document("junk");
  int minute = 0;
  for (const auto outcome : {Outcome::not_yet_there, Outcome::wrong_type, Outcome::not_yet_there,
                             Outcome::not_yet_there}) {
    auto fetch = failed(outcome);
    fetch.at = at(minute++);
    if (outcome == Outcome::wrong_type) fetch.document = junk.sha256;
    store_.add_poll(fetch, fetch.document ? junk.bytes : "");
  }
  const auto memory = store_.recall(url);
  EXPECT_EQ(memory.last, Outcome::not_yet_there);
  EXPECT_EQ(memory.since, at(2));
  EXPECT_EQ(memory.kept, (std::map<Outcome, Instant>{{Outcome::wrong_type, at(1)}}));
}

TEST_F(Polls, WhatABarrierServedIsNotWhatAUrlIsKnownBy) {
  const auto list = document("list");
  store_.add_poll(poll_of(list, "list.xlsx"), list.bytes);
  const auto barrier = document("<title>Access Denied</title>");
  auto fetch = failed(Outcome::blocked);
  fetch.document = barrier.sha256;
  fetch.last_modified = "Fri, 05 Sep 2025 17:00:00 GMT";
  store_.add_poll(fetch, barrier.bytes);
  const auto memory = store_.recall(url);
  EXPECT_EQ(memory.last, Outcome::blocked);
  EXPECT_EQ(memory.document, list.sha256);
  EXPECT_EQ(memory.last_modified, "");
}

TEST_F(Polls, WhichListAUrlBroughtIsKnownOnceItIsRead) {
  store_two_editions();
  EXPECT_EQ(store_.recall(url).list, List::participating);
}

}  // namespace
}  // namespace agreementd::testing
