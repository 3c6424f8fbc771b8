#include "model/entry.h"
#include "model/result.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

namespace agreementd::testing {
namespace {

class ChangeLog : public DatabaseTest {
 protected:
  ChangeLog() { small_.store_in(store_, noon(day(2025, 9, 1))); }
  void append(const std::vector<NewEntry>& entries, Instant now) {
    Difference difference;
    difference.entries = entries;
    const auto consequences = store_.begin_consequences();
    consequences->write(difference, now, {1, {}});
    consequences->commit();
  }
  storage::Table log() {
    return store_.connection().query(
        "SELECT seq, entry, hash, recorded_at FROM entries ORDER BY 1");
  }
  const SmallHistory small_;
  const Change added_ = change(small_.new_one, ChangeKind::added, small_.later);
  const Change ended_ = change(small_.new_one, ChangeKind::terminated, small_.later);
};

TEST_F(ChangeLog, AnEntryKeepsEachOfItsFields) {
  Change given = added_;
  given.kind = ChangeKind::changed;
  given.reason = "signed";
  given.related_id = "AAAAAAAAA";
  given.fields = {{Column::signed_on, "2025-06-12", "2025-06-11"},
                  {Column::moa, "pending", "https://example.org/\u00e9\"\\\n.pdf"}};
  given.clerical = true;
  given.unconfirmed = true;
  given.evidence = "signed 2025-06-12 -> 2025-06-11, MOA was pending";
  append({{Cause::verdict, given}}, noon(day(2025, 9, 2)));
  const auto standing = believed(store_).standing;
  ASSERT_EQ(standing.size(), 2U);
  EXPECT_EQ(standing[1].seq, 2);
  EXPECT_EQ(standing[1].recorded_at, noon(day(2025, 9, 2)));
  EXPECT_EQ(standing[1].cause, Cause::verdict);
  EXPECT_EQ(standing[1].change, given);
}

TEST_F(ChangeLog, TheTextIsStoredVerbatim) {
  const Entry entry{1, noon(day(2025, 9, 1)), Cause::archive, added_};
  EXPECT_EQ(log().rows.at(0).at(1), canonical_json(entry));
}

TEST_F(ChangeLog, SeqHasNoGapsOverRunsEvenWhereOneIsRolledBack) {
  append({{Cause::edition, ended_}, {Cause::edition, added_}}, noon(day(2025, 9, 2)));
  {
    const auto abandoned = store_.begin_consequences();
    Difference difference;
    difference.entries = {{Cause::edition, ended_}};
    abandoned->write(difference, noon(day(2025, 9, 3)), {1, {}});
  }
  append({{Cause::edition, ended_}}, noon(day(2025, 9, 4)));
  const auto rows = log().rows;
  ASSERT_EQ(rows.size(), 4U);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i][0], std::to_string(i + 1));
}

TEST_F(ChangeLog, EveryHashContinuesTheOneBefore) {
  append({{Cause::edition, ended_}, {Cause::edition, added_}}, noon(day(2025, 9, 2)));
  append({{Cause::edition, ended_}}, noon(day(2025, 9, 3)));
  Sha256 hash;
  for (const auto& row : log().rows) {
    hash = chain_hash(hash, *row[1]);
    EXPECT_EQ(row[2], "\\x" + to_hex(hash));
  }
  EXPECT_EQ(ask(store_, R"sql(
SELECT count(*) FROM change_log c LEFT JOIN change_log p ON p.seq = c.seq - 1
WHERE c.hash = encode(sha256(decode(coalesce(p.hash, repeat('0', 64)), 'hex')
  || convert_to(c.entry, 'UTF8')), 'hex'))sql"),
            "4");
}

TEST_F(ChangeLog, RecordedAtGoesOnByAMicrosecondWhereTheClockWentBack) {
  append({{Cause::edition, ended_}}, noon(day(2024, 1, 1)));
  append({{Cause::edition, added_}}, noon(day(2025, 9, 3)));
  const auto rows = log().rows;
  EXPECT_EQ(rows.at(1).at(3), "2025-09-01T17:00:00.000001Z") << "a moment of its own";
  EXPECT_EQ(rows.at(2).at(3), to_string(noon(day(2025, 9, 3))));
}

TEST_F(ChangeLog, RecordedAtIsAfterAllElseThatWasRecorded) {
  const auto list = document("third");
  Difference difference;
  difference.editions = {edition(list, day(2025, 6, 20))};
  store_run(store_, {list}, difference, noon(day(2025, 9, 5)));
  append({{Cause::edition, ended_}}, noon(day(2025, 9, 2)));
  EXPECT_EQ(log().rows.at(1).at(3), "2025-09-05T17:00:00.000001Z");
}

TEST_F(ChangeLog, AllEntriesOfARunHaveOneTime) {
  append({{Cause::edition, ended_}, {Cause::edition, added_}}, noon(day(2025, 9, 2)));
  EXPECT_EQ(ask(store_, "SELECT count(DISTINCT recorded_at) FROM entries WHERE seq > 1"), "1");
}

TEST_F(ChangeLog, AnEntryIsRetractedOnceAndNeitherItNorTheRetractionStands) {
  append({{Cause::archive, retraction_of(added_, 1)}}, noon(day(2025, 9, 2)));
  EXPECT_TRUE(believed(store_).standing.empty());
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM change_log WHERE stands"), "0");
  EXPECT_EQ(ask(store_, "SELECT retracted_by FROM change_log WHERE seq = 1"), "2");
  EXPECT_THROW(append({{Cause::archive, retraction_of(added_, 1)}}, noon(day(2025, 9, 3))),
               Failure);
  EXPECT_THROW(append({{Cause::archive, retraction_of(added_, 7)}}, noon(day(2025, 9, 3))),
               Failure);
  EXPECT_EQ(log().rows.size(), 2U);
}

TEST_F(ChangeLog, ColumnsAreDerivedFromTheTextAndCannotBeGiven) {
  EXPECT_NE(
      refusal(store_, "INSERT INTO entries (entry, hash, seq) SELECT entry, hash, 2 FROM entries"),
      "");
  EXPECT_EQ(ask(store_,
                "SELECT body = entry::jsonb AND agreement_id = entry::jsonb ->> 'agreement_id'"
                " AND seq = (entry::jsonb ->> 'seq')::bigint"
                " AND recorded_at = (entry::jsonb ->> 'recorded_at')::timestamptz"
                " AND effective_date = (entry::jsonb ->> 'effective_date')::date FROM entries"),
            "true");
}

TEST_F(ChangeLog, TheDatabaseRefusesAGapAWrongHashAndATimeBeforeTheLast) {
  const auto insert = [&](std::int64_t seq, Instant at, const Sha256& previous) {
    const auto text = canonical_json({seq, at, Cause::edition, ended_});
    const auto transaction = store_.connection().begin();
    transaction->execute("INSERT INTO entries (entry, hash) VALUES ($1, $2)",
                         {text, "\\x" + to_hex(chain_hash(previous, text))});
  };
  const auto now = noon(day(2025, 9, 2));
  const auto head = parse_sha256(log().rows.at(0).at(2)->substr(2)).value();
  EXPECT_NO_THROW(insert(2, now, head));
  EXPECT_THROW(insert(3, now, head), Failure);
  EXPECT_THROW(insert(0, now, head), Failure);
  EXPECT_THROW(insert(1, now, Sha256{}), Failure);
  EXPECT_THROW(insert(2, now, Sha256{}), Failure);
  EXPECT_THROW(insert(2, noon(day(2025, 8, 1)), head), Failure);
}

}  // namespace
}  // namespace agreementd::testing
