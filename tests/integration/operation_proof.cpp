// Rebuild, proof, and what people say: on a real database, with the sample lists.
#include <algorithm>
#include <functional>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/commands/collect.h"
#include "daemon/deciding.h"
#include "daemon/history.h"
#include "daemon/rebuilding.h"
#include "daemon/report_text.h"
#include "model/result.h"
#include "storage/connection.h"
#include "storage/proof.h"
#include "storage/queries.h"
#include "tests/integration/postgres.h"
#include "tests/integration/told.h"

namespace agreementd::daemon {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

class SettableClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void set(const char* time) { now_ = *parse_instant(time); }

 private:
  Instant now_ = *parse_instant("2026-01-01T12:00:00Z");
};

std::ptrdiff_t count_retractions(const std::vector<NewEntry>& entries) {
  return std::ranges::count_if(
      entries, [](const NewEntry& entry) { return entry.change.retracts_seq.has_value(); });
}

std::vector<Candidate> sample_lists() {
  return collect_lists({AGREEMENTD_BINARY_DIR "/samples/lists"}).candidates;
}

/// A history with a verdict in it.
class Proof : public testing::DatabaseTest {
 protected:
  Proof() {
    import_lists(store_, sample_lists(), {}, clock_);
    give_verdict(store_,
                 {"participatingAgencies07252025am.xlsx", VerdictKind::reject, "ann", "old"},
                 clock_);
  }

  std::optional<std::string> fault(const std::optional<storage::LogPoint>& from = std::nullopt) {
    return verify(store_, from, {});
  }

  /// As somebody who owns the server: no trigger, right or constraint stops it.
  void tamper(const std::string& sql) {
    auto superuser = connect("postgres");
    run(superuser,
        "SET LOCAL session_replication_role = replica;"
        "SET LOCAL search_path = agreementd; " +
            sql);
  }

  SettableClock clock_;
};

TEST_F(Proof, HoldsForWhatTheProgramWrote) { EXPECT_EQ(fault(), std::nullopt); }

TEST_F(Proof, HoldsForAnEmptyHistoryToo) {
  auto& cluster = testing::Cluster::get();
  const auto name = cluster.create_database();
  storage::Store empty(cluster.uri(name, "agreementd_writer"));
  EXPECT_EQ(verify(empty, std::nullopt, {}), std::nullopt);
  EXPECT_EQ(storage::log_head(empty).seq, 0);
}

TEST_F(Proof, CatchesAChangedEntry) {
  tamper(
      "UPDATE entries SET entry = replace(entry, 'unlisted', 'UNLISTED')"
      " WHERE seq = (SELECT min(seq) FROM entries WHERE entry LIKE '%unlisted%')");
  EXPECT_THAT(fault(), Optional(HasSubstr("has not the hash")));
}

TEST_F(Proof, CatchesAnEntryChangedWithAllThatFollow) {
  // Whoever owns the server can compute the chain anew; what the documents say stays.
  tamper(R"sql(
UPDATE entries SET entry = replace(entry, '"model":"WSO"', '"model":"JEM"');
DO $$
DECLARE last bytea := decode(repeat('00', 32), 'hex'); e record;
BEGIN
  FOR e IN SELECT seq, entry FROM entries ORDER BY seq LOOP
    last := sha256(last || convert_to(e.entry, 'UTF8'));
    UPDATE entries SET hash = last WHERE seq = e.seq;
  END LOOP;
END $$)sql");
  EXPECT_THAT(fault(), Optional(HasSubstr("not what the documents say")));
}

TEST_F(Proof, CatchesADeletedEntry) {
  tamper("DELETE FROM entries WHERE seq = 5");
  EXPECT_THAT(fault(), Optional(HasSubstr("entry 5 of the change log is missing")));
}

TEST_F(Proof, CatchesALogCutShortByWhatWasPublished) {
  const auto head = storage::log_head(store_);
  EXPECT_EQ(fault(head), std::nullopt);
  // The last verdict's consequences and the verdict itself: as if nobody had spoken.
  tamper("DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)");
  EXPECT_THAT(fault(head), Optional(HasSubstr("is missing")));
  auto other = head;
  other.seq -= 3;
  EXPECT_THAT(fault(other), Optional(HasSubstr("has not the hash it had")));
}

TEST_F(Proof, CatchesASwappedDocument) {
  tamper(
      "ALTER TABLE documents DROP CONSTRAINT sha256_is_of_the_bytes;"
      "UPDATE documents SET bytes = bytes || '\\x00' WHERE reading_list = 'pending'");
  EXPECT_THAT(fault(), Optional(HasSubstr("other bytes")));
}

TEST_F(Proof, CatchesAHandEditedVersion) {
  tamper(
      "UPDATE versions SET county = 'Nowhere' WHERE version_id ="
      " (SELECT max(version_id) FROM versions WHERE recorded_to IS NULL)");
  EXPECT_THAT(fault(), Optional(HasSubstr("version ")));
}

TEST_F(Proof, CatchesWhateverIsEditedAddedOrRemovedOfWhatWasRecorded) {
  // Half of the lists came late: there is much that was believed once.
  const auto lists = sample_lists();
  auto& cluster = testing::Cluster::get();
  const std::vector<std::string> tamperings{
      "UPDATE versions SET agency = 'X' WHERE version_id = (SELECT min(version_id) FROM versions"
      " WHERE recorded_to IS NOT NULL)",
      "DELETE FROM version_rows WHERE version_id IN (SELECT version_id FROM versions"
      " WHERE recorded_to IS NOT NULL);"
      "DELETE FROM versions WHERE recorded_to IS NOT NULL",
      "UPDATE versions SET recorded_from = recorded_from + interval '1 s' WHERE recorded_to IS "
      "NULL",
      "UPDATE editions SET recorded_from = recorded_from + interval '1 s' WHERE recorded_to IS "
      "NULL",
      "UPDATE versions SET recorded_to = recorded_to + interval '1 ms'"
      " WHERE version_id = (SELECT max(version_id) FROM versions WHERE recorded_to IS NOT NULL)",
      "UPDATE editions SET file_name = 'evil.xlsx' WHERE recorded_to IS NULL",
      "UPDATE editions SET saved_at = now()",
      "UPDATE editions SET rules_version = 1",
      "UPDATE editions SET aliases = NULL",
      "UPDATE mintings SET agency = 'X' WHERE minting_order = 3",
      "UPDATE mintings SET recorded_at = recorded_at - interval '1 day'",
      "INSERT INTO redirects (from_id, to_id, recorded_from) SELECT 'AAAAAAAAA', 'ABBBBBBBB',"
      " max(recorded_at) FROM runs",
      "UPDATE verdicts SET decided_by = 'bob'",
      "UPDATE verdicts SET decided_at = decided_at - interval '1 day'",
      "UPDATE fetches SET fetched_at = fetched_at - interval '1 s' WHERE fetch_id = 2",
      "DELETE FROM verdict_subjects; DELETE FROM verdicts",
      "DELETE FROM runs WHERE run_id = (SELECT max(run_id) FROM runs)",
      "DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)"};
  for (const auto& sql : tamperings) {
    const auto name = cluster.create_database();
    {
      storage::Store store(cluster.uri(name, "agreementd_writer"));
      for (std::size_t part = 0; part < 2; ++part) {
        std::vector<Candidate> half;
        for (std::size_t i = 1 - part; i < lists.size(); i += 2) half.push_back(lists[i]);
        import_lists(store, half, {.yes = true}, SystemClock());
      }
      give_verdict(store,
                   {"participatingAgencies07252025am.xlsx", VerdictKind::reject, "ann", "old"},
                   SystemClock());
      ASSERT_EQ(verify(store, std::nullopt, {}), std::nullopt);
      storage::Store superuser(cluster.uri(name, "postgres"));
      run(superuser,
          "SET LOCAL session_replication_role = replica;"
          "SET LOCAL search_path = agreementd; " +
              sql);
      std::optional<std::string> found;
      try {
        found = verify(store, std::nullopt, {});
      } catch (const Failure& failure) {
        found = failure.what();
      }
      EXPECT_TRUE(found) << sql;
    }
    cluster.drop_database(name);
  }
}

TEST_F(Proof, CatchesAVersionThatBeginsAtNoEdition) {
  tamper("UPDATE versions SET listed_from = listed_from + interval '1 hour' WHERE version_id = 7");
  EXPECT_THAT(fault(), Optional(HasSubstr("version 7 of")));
}

TEST_F(Proof, CatchesAnEditedReading) {
  tamper(
      "UPDATE documents SET reading_row_count = reading_row_count + 1"
      " WHERE reading_list = 'pending'");
  EXPECT_THAT(fault(), Optional(HasSubstr("not read as it was")));
}

TEST_F(Proof, CatchesAVerdictThatWasTakenOut) {
  tamper(
      "DELETE FROM verdict_subjects; UPDATE editions SET verdict_id = NULL; DELETE FROM verdicts");
  EXPECT_NE(fault(), std::nullopt);
}

TEST_F(Proof, CatchesAnEntryOfSomebodyElse) {
  run(store_, R"sql(
SET LOCAL search_path = agreementd;
INSERT INTO entries (entry, hash)
SELECT e, sha256(hash || convert_to(e, 'UTF8'))
FROM (SELECT hash, replace(replace(entry, format('"seq":%s', seq), format('"seq": %s', seq + 1)),
        '"kind":"terminated"', '"kind":"new"') AS e
      FROM entries ORDER BY seq DESC LIMIT 1) AS last)sql");
  EXPECT_THAT(fault(), Optional(HasSubstr("not canonical JSON")));
}

TEST_F(Proof, SaysWhatAnInterruptedRunLeft) {
  run(store_, "INSERT INTO agreementd.unfolded SELECT min(fetch_id) FROM agreementd.fetches");
  EXPECT_THAT(fault(), Optional(HasSubstr("1 fetch is of an interrupted run")));
  rebuild(store_, {}, clock_);
  EXPECT_EQ(fault(), std::nullopt);
}

TEST_F(Proof, ARebuildWithAnUnchangedProgramWritesNothing) {
  const auto before = row_counts();
  const auto told = testing::told(store_);
  const auto report = rebuild(store_, {}, clock_);
  EXPECT_TRUE(report.difference.empty());
  EXPECT_EQ(rebuild_text(report), "");
  EXPECT_EQ(row_counts(), before);
  EXPECT_EQ(testing::told(store_), told);
}

class Rebuild : public Proof {};

TEST_F(Rebuild, ReadsAgainWhatOlderParsersReadAndLooksFirst) {
  const auto told = testing::told(store_);
  tamper("UPDATE documents SET reading_version = 0");
  EXPECT_EQ(rebuild(store_, {.dry_run = true}, clock_).read_again,
            std::stoul(ask(store_, "SELECT count(*) FROM agreementd.documents")));
  EXPECT_EQ(ask(store_, "SELECT max(reading_version) FROM agreementd.documents"), "0");
  EXPECT_TRUE(rebuild(store_, {}, clock_).difference.empty());
  EXPECT_NE(ask(store_, "SELECT min(reading_version) FROM agreementd.documents"), "0");
  EXPECT_EQ(testing::told(store_), told);
}

TEST_F(Rebuild, PrintsWhatItWouldChangeAndRefusesToRetractMuch) {
  // A threshold nobody would set stands for other rules.
  tracking::Plausibility strict;
  strict.additions = 0;
  strict.addition_share = 0;
  const auto before = row_counts();
  const auto look = rebuild(store_, {.dry_run = true, .plausibility = strict}, clock_);
  EXPECT_FALSE(look.refused);
  const auto text = rebuild_text(look);
  EXPECT_THAT(text, HasSubstr("retracted"));
  EXPECT_THAT(text, HasSubstr("accepted -> quarantined"));
  EXPECT_EQ(row_counts(), before);
  const auto refused = rebuild(store_, {.plausibility = strict}, clock_);
  EXPECT_TRUE(refused.refused);
  EXPECT_EQ(row_counts(), before);

  const auto told = testing::told(store_);
  rebuild(store_, {.yes = true, .plausibility = strict}, clock_);
  EXPECT_NE(testing::told(store_), told);
  EXPECT_EQ(ask(store_, "SELECT count(*) > 0 FROM change_log WHERE cause = 'rebuild'"), "true");
  EXPECT_EQ(verify(store_, std::nullopt, strict), std::nullopt);
  rebuild(store_, {.yes = true}, clock_);
  EXPECT_EQ(testing::told(store_), told);
  EXPECT_EQ(fault(), std::nullopt);
}

/// What was listed on a day, and what was believed of it when.
class TwoClocks : public testing::DatabaseTest {
 protected:
  using Day = std::vector<std::string>;

  Day listed(Date day, std::optional<Instant> known) {
    Day lines;
    for (const auto list : {List::participating, List::pending}) {
      auto table = storage::as_of(store_, day, known, {.list = list});
      for (auto& row : table.rows) {
        std::string line;
        for (const auto& value : row) line += value.value_or("-") + "|";
        lines.push_back(line);
      }
    }
    std::ranges::sort(lines);
    return lines;
  }

  /// Every day on which something was listed first or last, as it is believed now.
  void remember(const char* time) {
    auto& days = believed_[time];
    for (const auto& row :
         store_.connection()
             .query("SELECT DISTINCT date FROM agreementd.edition_log WHERE date IS NOT NULL")
             .rows)
      days.emplace(*parse_date(*row[0]), Day{});
    for (auto& [day, rows] : days) rows = listed(day, std::nullopt);
  }

  SettableClock clock_;
  std::map<std::string, std::map<Date, Day>> believed_;
};

TEST_F(TwoClocks, AnswerForEveryPairWhateverCameLaterOrWasSaid) {
  const auto all = sample_lists();
  std::vector<Candidate> half, rest;
  for (std::size_t i = 0; i < all.size(); ++i) (i % 2 == 0 ? half : rest).push_back(all[i]);
  const auto import = [&](const std::vector<Candidate>& lists) {
    return import_lists(store_, lists, {.yes = true}, clock_);
  };
  std::pair<std::string, std::string> merged;
  const std::vector<std::pair<const char*, std::function<void()>>> acts{
      {"2026-01-01T12:00:00Z", [&] { import(half); }},
      {"2026-01-02T12:00:00Z", [&] { EXPECT_GT(count_retractions(import(rest).entries), 0); }},
      {"2026-01-03T12:00:00Z",
       [&] {
         const auto told = storage::changes(store_, {});
         const auto matched = std::ranges::find_if(told.rows, [](const auto& row) {
           return row[2] == "changed" && row[22].value_or("").starts_with("agency ");
         });
         ASSERT_NE(matched, told.rows.end());
         decide(store_,
                {DecisionKind::distinct_from, *(*matched)[15], "", std::stoll(*(*matched)[0]),
                 "ann", "the clerk says so"},
                clock_, {});
       }},
      {"2026-01-03T13:00:00Z",
       [&] {
         // Two that the newest list prints both: one from now on, and two again after that.
         const auto listed = storage::current(store_, {.list = List::participating});
         const auto& rows = listed.rows;  // by state and agency; column 3 is the state, 7 the model
         const auto pair = std::ranges::adjacent_find(rows, [](const auto& one, const auto& other) {
           return one[3] == other[3] && one[7] == other[7] && one[4] != other[4];
         });
         ASSERT_NE(pair, rows.end());
         merged = {*(*pair)[0], *(*std::next(pair))[0]};
         decide(store_, {DecisionKind::same_as, merged.first, merged.second, {}, "ann", "so"},
                clock_, {});
         EXPECT_EQ(storage::current(store_, {.list = List::participating}).rows.size(),
                   listed.rows.size() - 1);
       }},
      {"2026-01-03T14:00:00Z",
       [&] {
         decide(store_, {DecisionKind::distinct_from, merged.first, merged.second, {}, "ann", "no"},
                clock_, {});
       }},
      {"2026-01-04T12:00:00Z",
       [&] {
         give_verdict(store_,
                      {"participatingAgencies07252025am.xlsx", VerdictKind::approve, "ann", "so"},
                      clock_);
       }},
      {"2026-01-05T12:00:00Z", [&] {
         give_verdict(store_,
                      {"participatingAgencies06122025pm2.xlsx", VerdictKind::redate, "ann", "so",
                       parse_instant("2025-06-13T21:00:00Z")},
                      clock_);
       }}};
  for (const auto& [time, act] : acts) {
    clock_.set(time);
    act();
    remember(time);
  }
  for (const auto& [time, days] : believed_)
    for (const auto& [day, rows] : days)
      EXPECT_EQ(listed(day, parse_instant(time)), rows)
          << to_string(day) << " as known at " << time;
  // No two were the same, and before the first nothing was known.
  for (auto one = believed_.begin(), two = std::next(one); two != believed_.end(); ++one, ++two)
    EXPECT_NE(one->second, two->second) << two->first;
  for (const auto& [day, rows] : believed_.begin()->second)
    EXPECT_TRUE(listed(day, parse_instant("2025-12-31T12:00:00Z")).empty());
  EXPECT_EQ(verify(store_, std::nullopt, {}), std::nullopt);
}

class Redate : public Proof {};

TEST_F(Redate, MovesAnEditionInTheOrderAndBack) {
  const std::string file = "participatingAgencies06122025pm2.xlsx";
  const auto told = testing::told(store_);
  const auto was =
      ask(store_, "SELECT listed_at FROM edition_log WHERE file_name = '" + file + "'");
  const auto moved = give_verdict(store_,
                                  {file, VerdictKind::redate, "ann", "as the archive says",
                                   parse_instant("2025-06-13T21:00:00Z")},
                                  clock_);
  EXPECT_EQ(to_string(moved.edition.instant), "2025-06-13T21:00:00Z");
  EXPECT_NE(testing::told(store_), told);
  EXPECT_EQ(ask(store_,
                "SELECT dated_by || verdict_why FROM edition_log WHERE file_name = '" + file + "'"),
            "redateas the archive says");
  EXPECT_EQ(fault(), std::nullopt);
  give_verdict(store_, {file, VerdictKind::redate, "ann", "no, as its name", parse_instant(was)},
               clock_);
  EXPECT_EQ(testing::told(store_), told);
}

TEST_F(Redate, GivesAListWithoutADateItsPlace) {
  const auto lists = sample_lists();
  auto undated = *std::ranges::find_if(
      lists, [](const Candidate& list) { return list.file_name == "287g-20210410143000.html"; });
  undated.file_name = "287g.html";
  undated.bytes += "<!-- from a drawer -->";
  const auto report = import_lists(store_, {undated}, {}, clock_);
  ASSERT_EQ(report.quarantined.size(), 1U);
  const auto dated = give_verdict(store_,
                                  {"287g.html", VerdictKind::redate, "ann", "the envelope says so",
                                   parse_instant("2021-04-20T17:00:00Z")},
                                  clock_);
  EXPECT_EQ(dated.edition.status, EditionStatus::accepted);
  EXPECT_EQ(fault(), std::nullopt);
}

TEST_F(Redate, RefusesTheFuture) {
  EXPECT_THROW(give_verdict(store_,
                            {"participatingAgencies06122025pm2.xlsx", VerdictKind::redate, "ann",
                             "why", parse_instant("2031-04-20T17:00:00Z")},
                            clock_),
               Failure);
}

}  // namespace
}  // namespace agreementd::daemon
