#include "model/result.h"
#include "storage/sinks.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

/// Who may do what, and what nobody may.
namespace agreementd::testing {
namespace {

using Names = std::vector<std::string>;

class Rights : public DatabaseTest {
 protected:
  Rights() {
    small_.store_in(store_);
    const auto consequences = store_.begin_consequences();
    consequences->add_verdict(verdict_on(small_.first.sha256, ""));
    Decision decision;
    decision.one.document = decision.other.document = small_.first.sha256;
    decision.by = decision.why = "tester";
    decision.at = noon(day(2025, 9, 1));
    consequences->add_decision(decision);
    consequences->open_notice({"kind", "subject", "text"}, noon(day(2025, 9, 1)));
    Difference difference;
    difference.redirects = {{"ACCCCCCCC", "AAAAAAAAA"}};
    difference.reviews = {{small_.later.id, List::participating, {"AAAAAAAAA"}, "which?"}};
    consequences->write(difference, noon(day(2025, 9, 1)), {1, {}});
    consequences->commit();
    auto sink = storage::register_sink(store_, "desk", storage::Tells::changes, {});
    const auto delivery =
        storage::begin_delivery(store_, "desk", sink.term, "id", {1}, noon(day(2025, 9, 1)));
    storage::end_delivery(store_, {delivery.value(), "delivered", "", sink, {}, {}},
                          noon(day(2025, 9, 1)));
    storage::ask_for_replay(store_, "desk", 1, 1, "tester", noon(day(2025, 9, 1)));
  }
  Names list(const std::string& sql) {
    Names names;
    for (const auto& row : store_.connection().query(sql).rows) names.push_back(row[0].value());
    return names;
  }
  /// All but those that hold what is to be done, and no history.
  Names tables() {
    return list(
        "SELECT relname FROM pg_class WHERE relnamespace = 'agreementd'::regnamespace"
        " AND relkind = 'r' AND relname NOT IN ('unfolded', 'sinks') ORDER BY 1");
  }
  const SmallHistory small_;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(Rights, EveryTableHasRowsForTheTestsBelow) {
  EXPECT_EQ(tables().size(), 21U);
  for (const auto& table : tables())
    EXPECT_NE(ask(store_, "SELECT count(*) FROM " + table), "0") << table;
}

TEST_F(Rights, TheWriterMayNotDeleteOrTruncateAnyTable) {
  for (const auto& table : tables())
    for (const std::string verb : {"DELETE FROM ", "TRUNCATE "})
      EXPECT_TRUE(contains(refusal(store_, verb + table), "permission denied")) << verb << table;
}

TEST_F(Rights, NeitherMayTheOwnerNorASuperuser) {
  auto superuser = connect("postgres");
  for (const std::string role : {"", "SET LOCAL ROLE agreementd_owner; "})
    for (const auto& table : tables())
      for (const auto& sql : {"DELETE FROM " + table, "TRUNCATE " + table + " CASCADE"})
        EXPECT_TRUE(contains(refusal(superuser, role + sql), "append-only")) << role << sql;
}

// Column by column, so that a column a migration adds is not forgotten by the triggers.
TEST_F(Rights, NobodyMayUpdateAnyColumnButTheEndsOfRangesAndReadings) {
  auto superuser = connect("postgres");
  const auto columns = list(R"sql(
SELECT c.relname || ' SET ' || quote_ident(a.attname) || ' = '
  || CASE WHEN a.attidentity = '' THEN quote_ident(a.attname) ELSE 'DEFAULT' END
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE relnamespace = 'agreementd'::regnamespace AND relkind = 'r' AND a.attgenerated = ''
  AND relname NOT IN ('unfolded', 'sinks')
  AND a.attname NOT IN ('recorded_to', 'closed_at') AND a.attname !~ '^reading_' ORDER BY 1)sql");
  EXPECT_GT(columns.size(), 100U);
  for (const auto& column : columns) {
    EXPECT_TRUE(contains(refusal(store_, "UPDATE " + column), "permission denied")) << column;
    EXPECT_TRUE(contains(refusal(superuser, "UPDATE " + column), "append-only")) << column;
  }
}

TEST_F(Rights, ARangeIsClosedOnceAndNeverOpenedAgain) {
  auto superuser = connect("postgres");
  for (const std::string update :
       {"redirects SET recorded_to", "editions SET recorded_to", "versions SET recorded_to",
        "reviews SET recorded_to", "notices SET closed_at", "replays SET closed_at"}) {
    EXPECT_TRUE(contains(refusal(superuser, "UPDATE " + update + " = NULL"), "append-only"))
        << update;
    EXPECT_EQ(refusal(store_, "UPDATE " + update + " = '2030-01-01'"), "") << update;
    for (const std::string value : {"NULL", "'2031-01-01'", "'2030-01-01'"})
      EXPECT_TRUE(contains(refusal(superuser, "UPDATE " + update + " = " + value), "append-only"))
          << update << value;
  }
}

TEST_F(Rights, ARangeCannotEndBeforeItBegins) {
  EXPECT_NE(refusal(store_, "UPDATE versions SET recorded_to = '2020-01-01'"), "");
  EXPECT_NE(refusal(store_, "UPDATE notices SET closed_at = '2020-01-01'"), "");
}

TEST_F(Rights, OnlyTheReadingOfADocumentMayBeWrittenAndOnlyWhole) {
  EXPECT_EQ(refusal(store_, "UPDATE documents SET reading_version = 9, reading_error = 'none'"),
            "");
  EXPECT_NE(refusal(store_, "UPDATE documents SET reading_list = 'pending'"), "");
  EXPECT_NE(refusal(store_, "UPDATE documents SET reading_version = NULL"), "");
}

TEST_F(Rights, TheWriterIsTheOwnerOnlyWhenItSaysSo) {
  EXPECT_TRUE(
      contains(refusal(store_, "ALTER TABLE versions DISABLE TRIGGER ALL"), "must be owner"));
  EXPECT_TRUE(contains(refusal(store_, "CREATE TABLE agreementd.mine (a integer)"), "permission"));
  EXPECT_EQ(refusal(store_, "SET LOCAL ROLE agreementd_owner; CREATE TABLE mine (a integer)"), "");
}

const Names readable = {"agencies",           "agency_spellings",     "agreement_history",
                        "agreements",         "agreements_by_month",  "change_log",
                        "current_agreements", "current_applications", "decision_log",
                        "edition_log",        "schema_version",       "states"};

TEST_F(Rights, AReaderReadsTheViewsAndNothingElse) {
  auto reader = connect("reader");
  const auto relations = list(
      "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v')"
      " AND relnamespace = 'agreementd'::regnamespace ORDER BY 1");
  Names allowed;
  for (const auto& relation : relations) {
    const auto answer = refusal(reader, "SELECT * FROM " + relation);
    if (answer.empty()) {
      allowed.push_back(relation);
    } else {
      EXPECT_TRUE(contains(answer, "permission denied")) << relation << answer;
    }
  }
  EXPECT_EQ(allowed, readable);
}

TEST_F(Rights, AReaderAsksForTheLogOfOneAgreement) {
  auto reader = connect("reader");
  const auto entries = [&](const std::string& id) {
    return ask(reader, "SELECT count(*) FROM agreementd.agreement_log('" + id + "')");
  };
  const auto told = ask(reader, "SELECT agreement_id FROM change_log ORDER BY seq LIMIT 1");
  EXPECT_EQ(entries(told),
            ask(reader, "SELECT count(*) FROM change_log WHERE agreement_id = '" + told + "'"));
  EXPECT_NE(entries(told), "0");
  EXPECT_EQ(entries("AZZZZZZZZ"), "0");
}

TEST_F(Rights, AReaderWritesNothing) {
  auto reader = connect("reader");
  for (const auto& table : tables()) {
    EXPECT_TRUE(contains(refusal(reader, "INSERT INTO " + table + " DEFAULT VALUES"), "permission"))
        << table;
    EXPECT_TRUE(contains(refusal(reader, "DELETE FROM " + table), "permission")) << table;
    EXPECT_TRUE(contains(refusal(reader, "TRUNCATE " + table), "permission")) << table;
  }
  for (const auto& view : readable) EXPECT_NE(refusal(reader, "DELETE FROM " + view), "") << view;
  EXPECT_NE(refusal(reader, "SET LOCAL ROLE agreementd_owner"), "");
}

TEST_F(Rights, AReaderAsksTheFunctionsOnBothClocks) {
  auto reader = connect("reader");
  EXPECT_EQ(ask(reader, "SELECT count(*) FROM agreements_as_of('2025-06-30')"), "2");
  EXPECT_EQ(ask(reader, "SELECT count(*) FROM agreements_at(now(), known => now())"), "2");
  EXPECT_EQ(ask(reader, "SELECT count(*) FROM applications_as_of('2025-06-30')"), "0");
  EXPECT_EQ(ask(reader, "SELECT current_id('ACCCCCCCC')"), "AAAAAAAAA");
}

TEST_F(Rights, FunctionsThatRunAsTheirOwnerHaveAFixedSearchPathAndAreNotForEveryone) {
  EXPECT_EQ(ask(store_, R"sql(
SELECT string_agg(proname, ' ') FROM pg_proc WHERE pronamespace = 'agreementd'::regnamespace
  AND prosecdef AND (proconfig IS NULL OR NOT 'search_path=agreementd, pg_temp' = ANY (proconfig)))sql"),
            "NULL");
  EXPECT_EQ(ask(store_, R"sql(
SELECT string_agg(proname, ' ') FROM pg_proc WHERE pronamespace = 'agreementd'::regnamespace
  AND (proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0)))sql"),
            "NULL");
}

TEST_F(Rights, ATemporaryTableOfTheSameNameDoesNotDeceiveAFunction) {
  auto reader = connect("reader");
  EXPECT_EQ(refusal(reader,
                    "CREATE TEMP TABLE versions (a integer);"
                    " SET LOCAL search_path = pg_temp, agreementd;"
                    " SELECT * FROM agreementd.agreements_as_of('2025-06-30')"),
            "");
}

TEST_F(Rights, NothingAReaderSeesHasRawCellsOrBytes) {
  EXPECT_EQ(ask(store_, R"sql(
SELECT string_agg(c.relname || '.' || a.attname, ' ') FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'agreementd'::regnamespace AND c.relkind = 'v'
  AND (a.atttypid = 'bytea'::regtype OR a.attname ~ '_text$|oddities|^url$'))sql"),
            "NULL");
}

}  // namespace
}  // namespace agreementd::testing
