// Lists that arrive late: what an archive of them changes, and what it leaves alone.
#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/commands/collect.h"
#include "daemon/commands/output.h"
#include "daemon/history.h"
#include "daemon/rebuilding.h"
#include "samples/page.h"
#include "storage/connection.h"
#include "storage/export.h"
#include "tests/generator/files.h"
#include "tests/generator/noise.h"
#include "tests/integration/postgres.h"
#include "tests/integration/told.h"

namespace agreementd::daemon {
namespace {

using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAreArray;
using Lines = std::vector<std::string>;

class SteppingClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void step() { now_ += std::chrono::hours{1}; }

 private:
  Instant now_ = *parse_instant("2026-01-01T12:00:00Z");
};

class Archives : public testing::DatabaseTest {
 protected:
  ImportReport import(storage::Store& store, const std::vector<Candidate>& lists) {
    clock_.step();
    return import_lists(store, lists, {.yes = true}, clock_);
  }
  ImportReport import(const std::vector<Candidate>& lists) { return import(store_, lists); }

  void verdict(VerdictKind kind, const std::string& file) {
    clock_.step();
    give_verdict(store_, {file, kind, "ann", "so"}, clock_);
  }

  /// Rows as the superuser sees them, one line each.
  Lines rows(const std::string& sql) {
    auto superuser = connect("postgres");
    Lines lines;
    for (const auto& row : superuser.connection().query(sql).rows) lines.push_back(*row[0]);
    return lines;
  }

  SteppingClock clock_;
};

std::vector<Candidate> sample_lists() {
  return collect_lists({AGREEMENTD_BINARY_DIR "/samples/lists"}).candidates;
}

/// Those published before `day` and those after.
std::pair<std::vector<Candidate>, std::vector<Candidate>> parted(storage::Store& store,
                                                                 const std::string& day) {
  std::set<std::string> early;
  for (const auto& row :
       store.connection()
           .query("SELECT file_name FROM agreementd.edition_log WHERE date < '" + day + "'")
           .rows)
    early.insert(*row[0]);
  std::pair<std::vector<Candidate>, std::vector<Candidate>> parts;
  for (const auto& list : sample_lists())
    (early.contains(list.file_name) ? parts.first : parts.second).push_back(list);
  return parts;
}

TEST_F(Archives, WriteTheDifferenceAndNothingElse) {
  auto& cluster = testing::Cluster::get();
  storage::Store in_order(cluster.uri(cluster.create_database(), "agreementd_writer"));
  import(in_order, sample_lists());
  const auto [early, late] = parted(in_order, "2025-04-01");
  ASSERT_GT(early.size(), 5U);
  ASSERT_GT(late.size(), 5U);

  import(late);
  const std::string all_entries = "SELECT entry || hash::text FROM agreementd.entries ORDER BY seq";
  const std::string what_versions_say =
      "SELECT (to_jsonb(v) - 'recorded' - 'recorded_to')::text FROM agreementd.versions v";
  const auto entries = rows(all_entries);
  const auto versions = rows(what_versions_say);
  const auto report = import(early);

  // Of what was recorded nothing is another: entries stay the first of the log, versions are at
  // most not believed any more.
  auto kept = rows(all_entries);
  ASSERT_GT(kept.size(), entries.size());
  kept.resize(entries.size());
  EXPECT_EQ(kept, entries);
  EXPECT_THAT(rows(what_versions_say), IsSupersetOf(versions));
  // Versions that both histories have were not closed to be written once more.
  EXPECT_EQ(rows("SELECT closed.version_id::text FROM agreementd.versions closed"
                 " JOIN agreementd.versions now ON now.recorded_to IS NULL"
                 " AND to_jsonb(now) - '{version_id,recorded,recorded_from,recorded_to}'::text[]"
                 "   = to_jsonb(closed) - '{version_id,recorded,recorded_from,recorded_to}'::text[]"
                 " WHERE closed.recorded_to IS NOT NULL"),
            Lines{});
  // What does not hold is taken back, and all that is new has the archive for its cause.
  EXPECT_TRUE(std::ranges::any_of(report.entries, [](const NewEntry& entry) {
    return entry.change.kind == ChangeKind::retracted;
  }));
  EXPECT_TRUE(std::ranges::all_of(
      report.entries, [](const NewEntry& entry) { return entry.cause == Cause::archive; }));
  // No entry is taken back only to be told again.
  EXPECT_EQ(rows("SELECT r.seq::text FROM agreementd.entries o"
                 " JOIN agreementd.entries r ON r.retracts_seq = o.seq"
                 " JOIN agreementd.entries n ON n.seq > o.seq AND n.retracts_seq IS NULL"
                 " AND n.body - '{seq,recorded_at,cause}'::text[]"
                 "   = o.body - '{seq,recorded_at,cause}'::text[]"),
            Lines{});
  EXPECT_EQ(testing::told(store_), testing::told(in_order));
  EXPECT_EQ(verify(store_, std::nullopt, {}), std::nullopt);
}

/// A list with one row that stays and one signed on `signed_on`.
Candidate list_of(const std::string& file, const std::string& signed_on) {
  samples::EditionText text;
  text.file_name = file;
  text.columns = {"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED", "MOA"};
  const auto row = [&](const std::string& state, const std::string& agency,
                       const std::string& day) {
    text.rows.push_back(
        {{state, ""}, {agency, ""}, {"Task Force Model", ""}, {day, ""}, {"link pending", ""}});
  };
  row("NEVADA", "Nye County Sheriff's Office", "2025-02-20");
  row("FLORIDA", "Hardee County Sheriff's Office", signed_on);
  return {file, file, samples::page_html(text)};
}

TEST_F(Archives, MergeWhatTheyShowToBeOneAndGiveItBackWhenTheyAreRejected) {
  // Ten weeks apart and without a document they look like two agreements; the list between them
  // shows that a date was corrected twice.
  const std::string between = "participatingAgencies06032025am.xlsx";
  import({list_of("participatingAgencies06012025am.xlsx", "2025-02-26"),
          list_of("participatingAgencies06052025am.xlsx", "2025-05-08")});
  const std::string ids =
      "SELECT DISTINCT agreement_id FROM agreementd.agreement_history WHERE state = 'FL' ORDER BY "
      "1";
  const std::string standing =
      "SELECT kind || ' ' || agreement_id FROM agreementd.change_log c WHERE state = 'FL'"
      " AND retracts_seq IS NULL AND NOT EXISTS (SELECT FROM agreementd.change_log r"
      " WHERE r.retracts_seq = c.seq) ORDER BY 1";
  const auto two = rows(ids);
  const auto told = rows(standing);
  ASSERT_EQ(two.size(), 2U);
  ASSERT_EQ(told.size(), 2U) << "terminated and new";

  import({list_of(between, "2025-04-01")});
  const auto one = rows(ids);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_TRUE(std::ranges::count(two, one[0]));
  EXPECT_EQ(rows(standing), (Lines{"changed " + one[0], "changed " + one[0]}));
  for (const auto& id : two)
    EXPECT_EQ(rows("SELECT agreementd.current_id('" + id + "')"), one) << "both lead to it";
  EXPECT_EQ(verify(store_, std::nullopt, {}), std::nullopt);

  verdict(VerdictKind::reject, between);
  EXPECT_EQ(rows(ids), two) << "each has its own again";
  EXPECT_EQ(rows(standing), told);
  EXPECT_EQ(verify(store_, std::nullopt, {}), std::nullopt);

  verdict(VerdictKind::approve, between);
  EXPECT_EQ(rows(ids), one);
  EXPECT_EQ(verify(store_, std::nullopt, {}), std::nullopt);
}

/// All that is exported, with ids by the number in which they come: it is sorted by what it says.
std::string exported(storage::Store& store) {
  std::string text;
  storage::export_tables(store, false, [&](const storage::ExportedTable& exported, int, int) {
    text += exported.name + "\n" + format_csv(exported.table);
  });
  static const std::regex id("\\b[AG][A-Z2-7]{8}\\b");
  std::map<std::string, std::string> numbers;
  std::string numbered;
  auto rest = text.cbegin();
  for (std::sregex_iterator found(text.cbegin(), text.cend(), id), end; found != end; ++found) {
    numbered.append(rest, (*found)[0].first);
    numbered += numbers.emplace(found->str(), "#" + std::to_string(numbers.size())).first->second;
    rest = (*found)[0].second;
  }
  return numbered.append(rest, text.cend());
}

TEST_F(Archives, AnEndIsWhatTheEditionThatEndedItSaysWhenItIsRecordedLate) {
  // Signed, pending again by mistake, gone for good: the signing is recorded last.
  const auto pending = [](const std::string& file, bool with) {
    samples::EditionText text;
    text.file_name = file;
    text.columns = {"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"};
    text.rows.push_back(
        {{"NEVADA", ""}, {"Nye County Sheriff's Office", ""}, {"Task Force Model", ""}});
    if (with)
      text.rows.push_back(
          {{"FLORIDA", ""}, {"Hardee County Sheriff's Office", ""}, {"Task Force Model", ""}});
    return Candidate{file, file, samples::page_html(text)};
  };
  const std::vector<Candidate> lists{pending("pendingAgencies03102025am.xlsx", true),
                                     list_of("participatingAgencies03112025am.xlsx", "2025-03-11"),
                                     pending("pendingAgencies03122025am.xlsx", false),
                                     pending("pendingAgencies05202025am.xlsx", true),
                                     pending("pendingAgencies07082025am.xlsx", false)};
  auto& cluster = testing::Cluster::get();
  storage::Store in_order(cluster.uri(cluster.create_database(), "agreementd_writer"));
  import(in_order, lists);
  import({lists[0], lists[1], lists[3], lists[4]});
  import({lists[2]});
  EXPECT_EQ(exported(store_), exported(in_order));
  EXPECT_EQ(
      ask(store_, "SELECT end_reason FROM agreements WHERE list = 'pending' AND state = 'FL'"),
      "unlisted");
}

TEST_F(Archives, OfHundredsOfListsTellTheSameInAnyOrder) {
  const auto world = generator::make_world({.seed = 7, .agreements = 60, .editions = 120});
  generator::Press press(world, generator::Noise::as_measured().times(2), 7);
  const std::string folder = ::testing::TempDir() + "archives-of-hundreds";
  std::filesystem::remove_all(folder);
  while (const auto publication = press.next()) generator::write_workbook(*publication, folder);
  auto lists = collect_lists({folder}).candidates;
  std::filesystem::remove_all(folder);
  ASSERT_GT(lists.size(), 200U);

  auto& cluster = testing::Cluster::get();
  storage::Store in_order(cluster.uri(cluster.create_database(), "agreementd_writer"));
  import(in_order, lists);
  std::shuffle(lists.begin(), lists.end(), std::mt19937(7));
  const auto middle = lists.begin() + static_cast<std::ptrdiff_t>(lists.size() / 2);
  import({lists.begin(), middle});
  import({middle, lists.end()});
  EXPECT_EQ(testing::told(store_), testing::told(in_order));
  EXPECT_EQ(exported(store_), exported(in_order));
  EXPECT_EQ(verify(store_, std::nullopt, {}), std::nullopt);
}

}  // namespace
}  // namespace agreementd::daemon
