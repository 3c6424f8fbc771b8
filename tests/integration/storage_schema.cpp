#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "model/result.h"
#include "model/states.h"
#include "storage/migrations.h"
#include "storage/schema.h"
#include "tests/integration/postgres.h"

namespace agreementd::testing {
namespace {

using storage::Migration;

std::string file(const std::string& path) {
  std::ifstream stream(std::string(AGREEMENTD_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A database without the schema, as its superuser.
class EmptyDatabase : public ::testing::Test {
 protected:
  EmptyDatabase()
      : name_(Cluster::get().create_database(false)),
        store_(Cluster::get().uri(name_, "postgres")) {}
  ~EmptyDatabase() override { Cluster::get().drop_database(name_); }

  std::string ask(const std::string& sql) {
    return store_.connection().query(sql).rows.at(0).at(0).value_or("NULL");
  }
  // Without the lines of newer pg_dumps that hold a random key.
  std::string dump() {
    return output_of("pg_dump --schema-only -h " + Cluster::get().socket() + " -U postgres " +
                     name_ + " | grep -v restrict");
  }
  void run_as_owner(const std::string& sql) {
    const auto transaction = store_.connection().begin();
    transaction->execute("SET LOCAL ROLE agreementd_owner");
    transaction->execute(sql);
    transaction->commit();
  }
  void prepare() {
    const auto transaction = store_.connection().begin();
    transaction->execute("GRANT CREATE ON DATABASE " + name_ + " TO agreementd_owner");
    transaction->commit();
  }

  std::string name_;
  storage::Store store_;
};

TEST_F(EmptyDatabase, HasNoSchemaUntilSetupAndThenTheNewest) {
  EXPECT_EQ(storage::stored_schema(store_), 0);
  EXPECT_FALSE(storage::setup(store_).empty());
  EXPECT_EQ(storage::stored_schema(store_), storage::newest_schema());
  EXPECT_NO_THROW(store_.require_schema());
}

TEST_F(EmptyDatabase, SetupAndMigrateAgainDoNothing) {
  storage::setup(store_);
  EXPECT_TRUE(storage::setup(store_).empty());
  EXPECT_TRUE(storage::migrate(store_).empty());
}

TEST_F(EmptyDatabase, ADatabaseOfTheMigrationsEqualsOneOfSchemaSql) {
  storage::setup(store_);
  const auto migrated = dump();
  const auto rows =
      "SELECT string_agg(version || ' ' || name, ', ' ORDER BY version) || (SELECT"
      " string_agg(s::text, ' ' ORDER BY s.state) FROM agreementd.states s)"
      " FROM agreementd.schema_version";
  const auto migrated_rows = ask(rows);

  run_as_owner("DROP SCHEMA agreementd CASCADE");
  run_as_owner(file("storage/schema.sql"));
  EXPECT_TRUE(dump() == migrated) << "compare pg_dump --schema-only of both";
  EXPECT_EQ(ask(rows), migrated_rows);
  EXPECT_GT(migrated.size(), 10'000U);
}

TEST_F(EmptyDatabase, EverythingBelongsToTheOwner) {
  storage::setup(store_);
  EXPECT_EQ(ask("SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ' ') FROM pg_class"
                " WHERE relnamespace = 'agreementd'::regnamespace"),
            "agreementd_owner");
  EXPECT_EQ(ask("SELECT string_agg(DISTINCT pg_get_userbyid(proowner), ' ') FROM pg_proc"
                " WHERE pronamespace = 'agreementd'::regnamespace"),
            "agreementd_owner");
}

TEST_F(EmptyDatabase, TheServicesLoginCanMigrate) {
  prepare();
  storage::Store writer(Cluster::get().uri(name_, "agreementd_writer"));
  EXPECT_EQ(storage::migrate(writer).size(), storage::migrations().size());
}

TEST_F(EmptyDatabase, AReaderCannotMigrate) {
  prepare();
  storage::Store reader(Cluster::get().uri(name_, "reader"));
  EXPECT_THROW(storage::migrate(reader), Failure);
  EXPECT_EQ(storage::stored_schema(store_), 0);
}

TEST_F(EmptyDatabase, WhatItLacksIsSaidBeforeItsServerRefuses) {
  const auto refusal = [&](auto act, const char* user) {
    storage::Store store(Cluster::get().uri(name_, user));
    try {
      act(store);
      return std::string();
    } catch (const Failure& failure) {
      return std::string(failure.what());
    }
  };
  for (const auto* user : {"agreementd_writer", "reader"}) {
    EXPECT_EQ(refusal(storage::migrate, user),
              "the database is not set up for agreementd yet: run agreementctl setup as a "
              "superuser of the server");
    EXPECT_EQ(refusal(storage::setup, user),
              fmt::format("the login {} may not set up the database {}: run agreementctl setup as "
                          "a superuser of the server, or as a role that may create roles and owns "
                          "the database",
                          user, name_));
  }
  EXPECT_EQ(storage::stored_schema(store_), 0);
}

TEST_F(EmptyDatabase, AFailedMigrationLeavesVersionAndSchemaAsTheyWere) {
  storage::setup(store_);
  const auto before = dump();
  auto all = storage::migrations();
  const int next = storage::newest_schema() + 1;
  all.push_back({next, "half",
                 "CREATE TABLE half (a integer); ALTER TABLE versions ADD b text;"
                 " SELECT 1 / 0"});
  EXPECT_THROW(storage::apply(store_.connection(), all), Failure);
  EXPECT_EQ(storage::stored_schema(store_), storage::newest_schema());
  EXPECT_TRUE(dump() == before);

  all.back() = {next, "whole", "CREATE TABLE whole (a integer)"};
  EXPECT_EQ(storage::apply(store_.connection(), all), std::vector<std::string>{"whole"});
  EXPECT_EQ(storage::stored_schema(store_), next);
}

TEST_F(EmptyDatabase, TheMigrationsBeforeAFailedOneStay) {
  prepare();
  std::vector<Migration> some(storage::migrations().begin(), storage::migrations().begin() + 2);
  some.push_back({3, "broken", "CREATE TABLE oops ("});
  EXPECT_THROW(storage::apply(store_.connection(), some), Failure);
  EXPECT_EQ(storage::stored_schema(store_), 2);
}

TEST_F(EmptyDatabase, AnOlderOrNewerSchemaIsRefusedWithWhatToDo) {
  const auto complaint = [&] {
    try {
      store_.require_schema();
      return std::string();
    } catch (const Failure& failure) {
      return std::string(failure.what());
    }
  };
  EXPECT_NE(complaint().find("agreementctl setup"), std::string::npos);
  storage::setup(store_);
  EXPECT_EQ(complaint(), "");
  run_as_owner("INSERT INTO agreementd.schema_version (version, name) VALUES (999, 'future')");
  EXPECT_NE(complaint().find("upgrade agreementd"), std::string::npos);
}

TEST(Migrations, AreNumberedWithoutGaps) {
  int expected = 0;
  for (const auto& migration : storage::migrations()) {
    EXPECT_EQ(migration.version, ++expected);
    EXPECT_EQ(migration.sql, file("storage/migrations/" + migration.name + ".sql"));
  }
  EXPECT_GT(expected, 0);
}

class Schema : public DatabaseTest {};

TEST_F(Schema, EveryTableViewTypeFunctionAndColumnHasAComment) {
  EXPECT_EQ(ask(store_, R"sql(
SELECT string_agg(relname || '.' || attname, ' ') FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE relnamespace = 'agreementd'::regnamespace AND relkind IN ('r', 'v', 'c')
  AND length(coalesce(col_description(c.oid, attnum), '')) < 5)sql"),
            "NULL");
  EXPECT_EQ(ask(store_, R"sql(
SELECT string_agg(relname, ' ') FROM pg_class c WHERE relnamespace = 'agreementd'::regnamespace
  AND relkind IN ('r', 'v') AND obj_description(c.oid, 'pg_class') IS NULL)sql"),
            "NULL");
  EXPECT_EQ(ask(store_, R"sql(
SELECT string_agg(proname, ' ') FROM pg_proc p WHERE pronamespace = 'agreementd'::regnamespace
  AND obj_description(p.oid, 'pg_proc') IS NULL)sql"),
            "NULL");
  EXPECT_EQ(ask(store_, R"sql(
SELECT string_agg(typname, ' ') FROM pg_type t WHERE typnamespace = 'agreementd'::regnamespace
  AND typtype = 'd' AND obj_description(t.oid, 'pg_type') IS NULL)sql"),
            "NULL");
}

TEST_F(Schema, HasTheStatesTheProgramKnowsWithTheirFipsCodes) {
  std::string known;
  for (const auto& state : states())
    known += fmt::format("{} {:02} {} {}\n", state.code, state.fips, state.name,
                         state.territory ? "territory" : "state");
  EXPECT_EQ(ask(store_,
                "SELECT string_agg(state || ' ' || fips || ' ' || upper(name) || ' ' ||"
                " CASE WHEN territory THEN 'territory' ELSE 'state' END || chr(10), ''"
                " ORDER BY state COLLATE \"C\") FROM states"),
            known);
}

TEST_F(Schema, TheEndOfADayIsTheLastMicrosecondInNewYorkAlsoWhenClocksChange) {
  for (const auto* date : {"2025-03-08", "2025-03-09", "2025-11-01", "2025-11-02", "2025-07-04"}) {
    const auto end = end_of_new_york_day(parse_date(date).value()) - std::chrono::microseconds{1};
    EXPECT_EQ(ask(store_, "SELECT end_of_day('" + std::string(date) + "')"), to_string(end));
  }
}

}  // namespace
}  // namespace agreementd::testing
