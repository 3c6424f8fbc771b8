#include "model/result.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

namespace agreementd::testing {
namespace {

class Inputs : public DatabaseTest {
 protected:
  void read_as_list(const Document& document, const ReadingSummary& summary) {
    const auto consequences = store_.begin_consequences();
    consequences->add_readings({{document.sha256, 1, summary, ""}});
    consequences->commit();
  }
  std::int64_t count(const std::string& table) {
    return std::stoll(ask(store_, "SELECT count(*) FROM " + table));
  }
};

const ReadingSummary a_list{List::pending, sha256("content"), noon(day(2025, 6, 1)), 42};

TEST_F(Inputs, ADocumentComesBackByteForByte) {
  std::string bytes;
  for (int i = 0; i < 70'000; ++i) bytes += static_cast<char>(i * 31 % 256);
  const auto stored = document(bytes);
  EXPECT_EQ(store_.add_evidence({stored}, {import_of(stored, "list.xlsx")}).documents, 1);
  EXPECT_EQ(store_.begin_consequences()->document(stored.sha256), bytes);
}

TEST_F(Inputs, AnEmptyDocumentIsADocument) {
  const auto empty = document("");
  store_.add_evidence({empty}, {});
  EXPECT_EQ(store_.begin_consequences()->document(empty.sha256), "");
}

TEST_F(Inputs, ADocumentUnderAnotherDocumentsHashIsRefusedWithAllThatCameWithIt) {
  Document swapped = document("what was served");
  swapped.bytes = "something else";
  EXPECT_THROW(store_.add_evidence({document("good"), swapped}, {}), Failure);
  EXPECT_EQ(count("documents"), 0);
}

TEST_F(Inputs, AnUnknownDocumentIsAFailureThatNamesIt) {
  const auto consequences = store_.begin_consequences();
  try {
    consequences->document(sha256("never stored"));
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_NE(std::string(failure.what()).find(to_hex(sha256("never stored"))), std::string::npos);
  }
}

TEST_F(Inputs, TheSameEvidenceTwiceAddsNothing) {
  const auto list = document("a list");
  const auto fetches = {import_of(list, "list.xlsx"), import_of(list, "")};
  const auto first = store_.add_evidence({list}, fetches);
  EXPECT_EQ(first.documents, 1);
  EXPECT_EQ(first.fetches, 2);
  const auto second = store_.add_evidence({list, list}, fetches);
  EXPECT_EQ(second.documents, 0);
  EXPECT_EQ(second.fetches, 0);
  EXPECT_EQ(count("documents"), 1);
  EXPECT_EQ(count("fetches"), 2);
}

TEST_F(Inputs, EveryPollIsAFetchEvenOfTheSameDocument) {
  const auto list = document("a list");
  auto fetch = import_of(list, "list.xlsx");
  fetch.origin = Origin::poll;
  EXPECT_EQ(store_.add_evidence({list}, {fetch, fetch}).fetches, 2);
}

TEST_F(Inputs, AFetchKeepsEachOfItsFields) {
  Fetch fetch;
  fetch.origin = Origin::poll;
  fetch.at = noon(day(2025, 6, 1)) + std::chrono::microseconds{123456};
  fetch.url = "https://example.org/list?a='; DROP TABLE fetches; --";
  fetch.outcome = Outcome::blocked;
  fetch.http_status = 403;
  fetch.file_name = "a \"name\" with \\ and , and {braces}.xlsx";
  fetch.etag = "W/\"abc\"";
  fetch.last_modified = "Sun, 01 Jun 2025 17:00:00 GMT";
  fetch.modified_at = noon(day(2025, 6, 1));
  fetch.duration = std::chrono::milliseconds{4711};
  fetch.detail = "the page asks whether we are a person";
  fetch.answered_by = "https://example.org/challenge";
  store_.add_evidence({}, {fetch});
  const auto row = store_.connection().query("TABLE fetches").rows.at(0);
  const storage::Values expected = {"1",
                                    "poll",
                                    "2025-06-01T17:00:00.123456Z",
                                    fetch.url,
                                    "blocked",
                                    "403",
                                    std::nullopt,
                                    fetch.file_name,
                                    fetch.etag,
                                    fetch.last_modified,
                                    "2025-06-01T17:00:00Z",
                                    "4711",
                                    fetch.detail,
                                    fetch.answered_by};
  EXPECT_EQ(row, expected);
}

TEST_F(Inputs, AFileNameThatIsNoUtf8IsEvidenceAllTheSame) {
  const auto list = document("a list");
  // NOLINTNEXTLINE(bugprone-string-literal-with-embedded-nul)
  store_.add_evidence({list}, {import_of(list, "caf\xE9\x00.xlsx")});
  const std::string name = "caf\xE9.xlsx";
  EXPECT_EQ(store_.add_evidence({}, {import_of(list, name)}).fetches, 1);
  read_as_list(list, a_list);
  EXPECT_EQ(store_.begin_consequences()->inputs().sightings.back().file_name, "caf\uFFFD.xlsx");
}

TEST_F(Inputs, ASightingIsTheFirstFetchOfADocumentUnderAName) {
  const auto list = document("a list");
  auto late = import_of(list, "list.xlsx");
  late.origin = Origin::poll;
  late.at = noon(day(2025, 7, 1));
  auto early = import_of(list, "list.xlsx");
  early.at = noon(day(2025, 6, 2));
  early.modified_at = noon(day(2025, 6, 1));
  const auto unnamed = import_of(list, "");
  store_.add_evidence({list}, {late, early, unnamed});
  read_as_list(list, a_list);

  const auto sightings = store_.begin_consequences()->inputs().sightings;
  ASSERT_EQ(sightings.size(), 2U);
  EXPECT_EQ(sightings[0].fetch_id, 2);
  EXPECT_EQ(sightings[0].origin, Origin::import);
  EXPECT_EQ(sightings[0].document, list.sha256);
  EXPECT_EQ(sightings[0].file_name, "list.xlsx");
  EXPECT_EQ(sightings[0].seen_at, early.at);
  EXPECT_EQ(sightings[0].modified_at, early.modified_at);
  EXPECT_EQ(sightings[0].reading.list, a_list.list);
  EXPECT_EQ(sightings[0].reading.content, a_list.content);
  EXPECT_EQ(sightings[0].reading.saved_at, a_list.saved_at);
  EXPECT_EQ(sightings[0].reading.row_count, a_list.row_count);
  EXPECT_EQ(sightings[1].file_name, "");
  EXPECT_EQ(sightings[1].modified_at, std::nullopt);
}

TEST_F(Inputs, ADocumentIsUnreadUntilAReadingSaysWhatOrWhyNot) {
  const auto list = document("a list");
  const auto page = document("a page");
  store_.add_evidence({list, page}, {import_of(list, "list.xlsx"), import_of(page, "page.html")});
  const auto consequences = store_.begin_consequences();
  EXPECT_EQ(consequences->inputs().unread.size(), 2U);
  EXPECT_TRUE(consequences->inputs().sightings.empty());
  consequences->add_readings(
      {{list.sha256, 1, a_list, ""}, {page.sha256, 1, std::nullopt, "no roster in it"}});
  EXPECT_TRUE(consequences->inputs().unread.empty());
  EXPECT_EQ(consequences->inputs().sightings.size(), 1U);
}

TEST_F(Inputs, OnlyANewerReadingReplacesAnOlderOne) {
  const auto list = document("a list");
  store_.add_evidence({list}, {import_of(list, "list.xlsx")});
  const auto consequences = store_.begin_consequences();
  consequences->add_readings({{list.sha256, 2, a_list, ""}});
  auto other = a_list;
  other.row_count = 43;
  for (const int version : {1, 2}) consequences->add_readings({{list.sha256, version, other, ""}});
  EXPECT_EQ(consequences->inputs().sightings.at(0).reading.row_count, 42);
  consequences->add_readings({{list.sha256, 3, other, ""}});
  EXPECT_EQ(consequences->inputs().sightings.at(0).reading.row_count, 43);
  consequences->add_readings({{list.sha256, 4, std::nullopt, "not a list after all"}});
  EXPECT_TRUE(consequences->inputs().sightings.empty());
}

TEST_F(Inputs, AVerdictKeepsEachOfItsFields) {
  const auto list = document("a list");
  const auto other = document("another");
  store_.add_evidence({list, other}, {});
  auto redate = verdict_on(list.sha256, "list.xlsx");
  redate.kind = VerdictKind::redate;
  redate.redated_to = noon(day(2025, 5, 5));
  redate.subjects = {{list.sha256, ""}, {list.sha256, "list.xlsx"}, {other.sha256, "b"}};
  std::sort(redate.subjects.begin(), redate.subjects.end());
  const auto consequences = store_.begin_consequences();
  EXPECT_EQ(consequences->add_verdict(redate), 1);
  EXPECT_EQ(consequences->add_verdict(verdict_on(other.sha256, "b")), 2);

  const auto verdicts = consequences->inputs().verdicts;
  ASSERT_EQ(verdicts.size(), 2U);
  EXPECT_EQ(verdicts[0].verdict_id, 1);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::redate);
  EXPECT_EQ(verdicts[0].redated_to, redate.redated_to);
  EXPECT_EQ(verdicts[0].by, redate.by);
  EXPECT_EQ(verdicts[0].why, redate.why);
  EXPECT_EQ(verdicts[0].at, redate.at);
  EXPECT_EQ(verdicts[0].subjects, redate.subjects);
  EXPECT_EQ(verdicts[1].kind, VerdictKind::approve);
  EXPECT_EQ(verdicts[1].redated_to, std::nullopt);
}

TEST_F(Inputs, DecisionsComeBackAsTheyWereGivenInOrder) {
  const SmallHistory small;
  store_.add_evidence({small.first, small.second}, {});
  Decision decision;
  decision.kind = DecisionKind::distinct_from;
  decision.list = List::pending;
  decision.one = {"TX",
                  "Bee County Sheriff's Office",
                  "JEM",
                  day(2025, 3, 1),
                  "2025-03-01",
                  "Bee",
                  "https://www.ice.gov/bee.pdf",
                  small.first.sha256};
  decision.other = {"TX", "Bee County", "JEM", std::nullopt, "soon", "", "", small.second.sha256};
  decision.by = "Jane";
  decision.why = "the clerk's \"letter\"";
  decision.at = noon(day(2025, 9, 1));
  {
    const auto consequences = store_.begin_consequences();
    EXPECT_EQ(consequences->add_decision(decision), 1);
    auto later = decision;
    later.kind = DecisionKind::same_as;
    EXPECT_EQ(consequences->add_decision(later), 2);
    consequences->commit();
  }
  const auto decisions = store_.look()->inputs().decisions;
  ASSERT_EQ(decisions.size(), 2U);
  EXPECT_EQ(decisions[0].decision_id, 1);
  EXPECT_EQ(decisions[0].kind, DecisionKind::distinct_from);
  EXPECT_EQ(decisions[0].list, List::pending);
  EXPECT_EQ(decisions[0].one, decision.one);
  EXPECT_EQ(decisions[0].other, decision.other);
  EXPECT_EQ(decisions[0].by, "Jane");
  EXPECT_EQ(decisions[0].why, decision.why);
  EXPECT_EQ(decisions[0].at, decision.at);
  EXPECT_EQ(decisions[1].kind, DecisionKind::same_as);
}

TEST_F(Inputs, ANoticeIsOpenOncePerKindAndSubject) {
  const auto now = noon(day(2025, 9, 1));
  const Notice notice{"quarantined", "participating", "61 of 956 agreements would end"};
  const auto consequences = store_.begin_consequences();
  EXPECT_TRUE(consequences->open_notice(notice, now));
  EXPECT_FALSE(consequences->open_notice(notice, now));
  EXPECT_TRUE(consequences->open_notice({"quarantined", "pending", "too"}, now));
  consequences->close_notice("quarantined", "participating", now - std::chrono::hours{1});
  consequences->close_notice("quarantined", "nothing of that name", now);
  EXPECT_TRUE(consequences->open_notice(notice, now));
  consequences->commit();
  EXPECT_EQ(count("notices WHERE closed_at IS NULL"), 2);
  EXPECT_EQ(count("notices WHERE closed_at < opened_at"), 0);
}

TEST_F(Inputs, ConsequencesThatAreNotCommittedLeaveNothing) {
  const SmallHistory small;
  store_.add_evidence({small.first, small.second}, {});
  {
    const auto consequences = store_.begin_consequences();
    consequences->add_readings({{small.first.sha256, 1, a_list, ""}});
    consequences->add_verdict(verdict_on(small.first.sha256, ""));
    consequences->write(small.difference, noon(day(2025, 9, 1)), {1, {}});
    consequences->open_notice({"kind", "subject", "text"}, noon(day(2025, 9, 1)));
  }
  for (const auto* table : {"verdicts", "verdict_subjects", "notices", "mintings", "editions",
                            "versions", "version_rows", "entries"})
    EXPECT_EQ(count(table), 0) << table;
  EXPECT_EQ(count("documents WHERE reading_version IS NOT NULL"), 0);
  EXPECT_EQ(count("documents"), 2);
}

}  // namespace
}  // namespace agreementd::testing
