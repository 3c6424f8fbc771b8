// Append inputs, fold, write the difference: on a real database, with the sample lists.
#include <algorithm>
#include <map>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/commands/collect.h"
#include "daemon/history.h"
#include "daemon/readings.h"
#include "model/result.h"
#include "parsers/list.h"
#include "storage/connection.h"
#include "storage/queries.h"
#include "tests/integration/postgres.h"
#include "tests/integration/told.h"

namespace agreementd::daemon {
namespace {

using ::testing::AllOf;
using ::testing::ContainerEq;
using ::testing::HasSubstr;

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return *parse_instant("2026-01-01T12:00:00Z"); }
};

std::vector<Candidate> sample_lists() {
  return collect_lists({AGREEMENTD_BINARY_DIR "/samples/lists"}).candidates;
}

class Operation : public testing::DatabaseTest {
 protected:
  ImportReport import(const std::vector<Candidate>& lists, const ImportOptions& options = {}) {
    auto store = connect();
    return import_lists(store, lists, options, clock_);
  }

  std::vector<std::string> told() { return testing::told(store_); }

  FixedClock clock_;
};

std::map<std::string, int> difference(const std::map<std::string, int>& before,
                                      const std::map<std::string, int>& after) {
  std::map<std::string, int> grown;
  for (const auto& [table, count] : after)
    if (count != before.at(table)) grown[table] = count - before.at(table);
  return grown;
}

using Grown = std::map<std::string, int>;

TEST_F(Operation, ImportingAgainWritesNoRow) {
  import(sample_lists());
  const auto before = row_counts();
  const auto report = import(sample_lists());
  EXPECT_EQ(report.new_fetches, 0);
  EXPECT_TRUE(report.entries.empty());
  EXPECT_EQ(difference(before, row_counts()), Grown{});
}

TEST_F(Operation, KnownBytesUnderANewNameWriteTheirFetchAlone) {
  auto lists = sample_lists();
  import(lists);
  const auto before = row_counts();
  auto copy = *std::find_if(lists.begin(), lists.end(), [](const Candidate& list) {
    return list.file_name == "participatingAgencies07292025amB.xlsx";
  });
  copy.file_name = "participatingAgencies07302025am.xlsx";
  import({copy});
  EXPECT_EQ(difference(before, row_counts()), (Grown{{"fetches", 1}}));
}

TEST_F(Operation, NewBytesOfKnownContentWriteTheirFetchAndDocument) {
  auto lists = sample_lists();
  import(lists);
  const auto before = row_counts();
  auto page = *std::find_if(lists.begin(), lists.end(), [](const Candidate& list) {
    return list.file_name == "287g-20210410143000.html";
  });
  page.file_name = "287g-20210412143000.html";
  page.bytes += "<!-- the same list, served with another footer -->";
  import({page});
  EXPECT_EQ(difference(before, row_counts()), (Grown{{"documents", 1}, {"fetches", 1}}));
}

TEST_F(Operation, AnUnreadableListIsKeptAsEvidenceAndMakesNoEdition) {
  import(sample_lists());
  const auto before = row_counts();
  Candidate damaged;
  damaged.path = damaged.file_name = "participatingAgencies08012025am.xlsx";
  damaged.bytes = "PK\x03\x04 cut off";
  const auto report = import({damaged});
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_NE(report.errors[0].find(damaged.file_name), std::string::npos);
  EXPECT_EQ(difference(before, row_counts()), (Grown{{"documents", 1}, {"fetches", 1}}));
  auto store = connect();
  EXPECT_EQ(storage::document_bytes(store, sha256(damaged.bytes)), damaged.bytes);
}

TEST_F(Operation, WhatWasUnreadableWhenItCameIsASightingOnceABetterParserHasReadIt) {
  auto page = sample_lists().front();
  const auto document = sha256(page.bytes);
  Fetch fetch;
  fetch.at = clock_.now();
  fetch.url = page.path;
  fetch.document = document;
  fetch.file_name = page.file_name;
  fetch.outcome = Outcome::unreadable;
  store_.add_evidence({{document, page.bytes}}, {fetch});
  {
    const auto consequences = store_.begin_consequences();
    consequences->add_readings({{document, parsers::reading_version - 1, std::nullopt, "no list"}});
    consequences->settle();
    consequences->commit();
  }
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM edition_log"), "0");
  {
    const auto reading = parsers::read_list(page.bytes, page.file_name);
    const auto consequences = store_.begin_consequences();
    consequences->add_readings({kept_reading(document, reading)});
    consequences->commit();
  }
  EXPECT_EQ(import({}).new_editions, 1);
  EXPECT_EQ(ask(store_, "SELECT file_name FROM edition_log"), page.file_name);
}

TEST_F(Operation, ACrashBetweenTheTransactionsLosesNothing) {
  import(sample_lists());
  const auto undisturbed = told();

  // Evidence is stored, and then the program dies.
  std::vector<Document> documents;
  std::vector<Fetch> fetches;
  for (const auto& list : sample_lists()) {
    documents.push_back({sha256(list.bytes), list.bytes});
    Fetch fetch;
    fetch.at = clock_.now();
    fetch.url = list.path;
    fetch.document = documents.back().sha256;
    fetch.file_name = list.file_name;
    fetches.push_back(fetch);
  }
  const auto other = testing::Cluster::get().create_database();
  {
    storage::Store crashed(testing::Cluster::get().uri(other, "agreementd_writer"));
    EXPECT_EQ(crashed.add_evidence(documents, fetches).fetches, static_cast<int>(fetches.size()));
    import_lists(crashed, {}, {}, clock_);
    EXPECT_THAT(testing::told(crashed), ContainerEq(undisturbed));
  }
  testing::Cluster::get().drop_database(other);
}

TEST_F(Operation, AnImportThatWouldTakeBackMuchStoresNothingUntilToldTo) {
  auto lists = sample_lists();
  // The first page and the last list alone: all that began between is told at the last.
  std::vector<Candidate> ends{lists.front()};
  for (const auto& list : lists)
    if (list.file_name == "participatingAgencies07292025amB.xlsx") ends.push_back(list);
  import(ends);
  const auto before = row_counts();

  ImportOptions careful;
  careful.retraction_limit = 5;
  const auto refused = import(lists, careful);
  EXPECT_TRUE(refused.refused);
  EXPECT_GT(refused.entries.size(), 5U);
  EXPECT_EQ(difference(before, row_counts()), Grown{});

  careful.yes = true;
  EXPECT_FALSE(import(lists, careful).refused);
  EXPECT_GT(row_counts().at("entries"), before.at("entries"));
}

TEST_F(Operation, ABatchInAnyOrderTellsTheSame) {
  auto lists = sample_lists();
  import(lists);
  const auto in_order = told();
  std::reverse(lists.begin(), lists.end());
  const auto other = testing::Cluster::get().create_database();
  {
    storage::Store store(testing::Cluster::get().uri(other, "agreementd_writer"));
    import_lists(store, lists, {}, clock_);
    EXPECT_THAT(testing::told(store), ContainerEq(in_order));
  }
  testing::Cluster::get().drop_database(other);
}

TEST_F(Operation, ApprovingAndRejectingAQuarantinedEditionRefolds) {
  const auto first = import(sample_lists());
  ASSERT_EQ(first.quarantined.size(), 1U);
  const auto before = told();
  auto store = connect();
  const auto id = to_hex(first.quarantined[0].id).substr(0, 8);
  const auto approved =
      give_verdict(store, {id, VerdictKind::approve, "ann", "ICE confirmed it"}, clock_);
  EXPECT_EQ(approved.edition.status, EditionStatus::accepted);
  EXPECT_GE(approved.entries.size(), 11U);  // the agreements it ends
  EXPECT_NE(told(), before);
  const auto rejected = give_verdict(
      store, {first.quarantined[0].file_name, VerdictKind::reject, "ann", "it was a mistake"},
      clock_);
  EXPECT_EQ(rejected.edition.status, EditionStatus::rejected);
  EXPECT_EQ(rejected.edition.reason, "it was a mistake");
  EXPECT_EQ(told(), before);
}

TEST_F(Operation, WhatNothingDatesIsNotApproved) {
  auto undated = sample_lists().front();
  ASSERT_EQ(undated.file_name, "287g-20210112151500.html");
  undated.file_name = "287g.html";  // nor has a page a time at which it was saved
  const auto report = import({undated});
  ASSERT_EQ(report.quarantined.size(), 1U);
  EXPECT_EQ(report.quarantined[0].dating.dated_by, DatedBy::nothing);
  try {
    give_verdict(store_, {undated.file_name, VerdictKind::approve, "ann", "so"}, clock_);
    FAIL() << "it counts, at the time of its import";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), AllOf(HasSubstr("287g.html"), HasSubstr("no date"),
                                      HasSubstr("agreementctl redate ")));
  }
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM verdicts"), "0");
  EXPECT_EQ(ask(store_, "SELECT status FROM edition_log"), "quarantined");
  // What the message says to do.
  undated.file_name = "287g-20210112151500.html";
  EXPECT_EQ(import({undated}).new_editions, 1);
  EXPECT_EQ(ask(store_, "SELECT date FROM edition_log WHERE status = 'accepted'"), "2021-01-12");
  give_verdict(store_, {"287g.html", VerdictKind::reject, "ann", "no date"}, clock_);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM edition_log WHERE status = 'rejected'"), "1");
}

TEST_F(Operation, AVerdictOnWhatIsNotUniqueNamesTheEditions) {
  auto lists = sample_lists();
  // Two workbooks that were served under one name.
  lists[3].file_name = lists[4].file_name;
  import(lists);
  auto store = connect();
  try {
    give_verdict(store, {lists[4].file_name, VerdictKind::reject, "ann", "why"}, clock_);
    FAIL() << "a name of two editions was taken for one";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("means 2 editions"));
  }
}

TEST_F(Operation, AMislabelledListIsReadAsWhatItIsAndNoticedUntilANewerOneCounts) {
  auto lists = sample_lists();
  const auto newer = std::ranges::find_if(lists, [](const Candidate& list) {
    return list.file_name.starts_with("pendingAgencies07242025");
  });
  ASSERT_NE(newer, lists.end());
  const std::vector<Candidate> last{*newer};
  lists.erase(newer);
  import(lists);
  auto store = connect();
  const auto mislabelled = [&] {
    return ask(store,
               "SELECT count(*) FROM notices WHERE kind = 'mislabelled' AND closed_at IS NULL");
  };
  EXPECT_EQ(mislabelled(), "1");
  import(last);
  EXPECT_EQ(mislabelled(), "0");
  storage::ChangeFilter pending;
  pending.list = List::pending;
  bool told_as_pending = false;
  const auto changes = storage::changes(store, pending);
  for (const auto& row : changes.rows)
    told_as_pending = told_as_pending || row[10] == "participatingAgencies07152025pm.xlsx";
  EXPECT_TRUE(told_as_pending);
}

TEST_F(Operation, TwoImportsAtOnceTellTheSameAsOne) {
  const auto lists = sample_lists();
  const auto half = static_cast<std::ptrdiff_t>(lists.size() / 2);
  const std::vector<Candidate> one(lists.begin(), lists.begin() + half);
  const std::vector<Candidate> other(lists.begin() + half, lists.end());
  ImportOptions yes;
  yes.yes = true;
  std::thread second([&] { import(other, yes); });
  import(one, yes);
  second.join();
  const auto together = told();
  const auto database = testing::Cluster::get().create_database();
  {
    storage::Store store(testing::Cluster::get().uri(database, "agreementd_writer"));
    import_lists(store, lists, {}, clock_);
    EXPECT_THAT(together, ContainerEq(testing::told(store)));
  }
  testing::Cluster::get().drop_database(database);
}

}  // namespace
}  // namespace agreementd::daemon
