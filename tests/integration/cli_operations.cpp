#include "model/clock.h"
#include "storage/schema.h"
#include "storage/sinks.h"
#include "tests/integration/cli_program.h"
#include "tests/integration/storage_examples.h"

namespace agreementd::testing {
namespace {

using CliOperations = CliTest;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(CliOperations, SetupMakesAnEmptyDatabaseReadyAndAgainDoesNothing) {
  const auto database = Cluster::get().create_database(false);
  const auto as_superuser = "--database=" + Cluster::get().uri(database, "postgres");
  const auto first = agreementctl({as_superuser, "setup"});
  EXPECT_EQ(first.status, 0) << first.errors;
  EXPECT_TRUE(contains(first.output, "done: migration ")) << first.output;
  const auto again = agreementctl({as_superuser, "setup"});
  EXPECT_EQ(again.status, 0) << again.errors;
  EXPECT_TRUE(contains(again.output, "Nothing to do")) << again.output;
  const auto as_writer = Cluster::get().uri(database, "agreementd_writer");
  EXPECT_EQ(agreementctl({"--database", as_writer, "current"}).status, 0);
  Cluster::get().drop_database(database);
}

TEST_F(CliOperations, SetupCreatesTheDatabaseWhereThereIsNone) {
  // A name that has to be quoted, in both forms of a connection string.
  const auto socket = Cluster::get().socket();
  for (const auto& database : {Cluster::get().uri("From%22%20Scratch", "postgres"),
                               "host=" + socket + " user=postgres dbname='From\" Scratch'"}) {
    const auto first = agreementctl({"--database", database, "setup"});
    EXPECT_EQ(first.status, 0) << first.errors;
    EXPECT_TRUE(contains(first.output, "done: database From\" Scratch\n")) << first.output;
    EXPECT_TRUE(contains(first.output, "done: migration ")) << first.output;
    EXPECT_TRUE(contains(agreementctl({"--database", database, "setup"}).output, "Nothing to do"));
    storage::Store store(Cluster::get().uri("postgres", "postgres"));
    EXPECT_EQ(ask(store,
                  "SELECT pg_encoding_to_char(encoding) FROM pg_database"
                  " WHERE datname = 'From\" Scratch'"),
              "UTF8");
    store.connection().execute_alone("DROP DATABASE \"From\"\" Scratch\"");
  }
}

TEST_F(CliOperations, WhoMayNotCreateTheDatabaseIsToldWhoMay) {
  const auto run = agreementctl({"--database", Cluster::get().uri("none", "reader"), "setup"});
  EXPECT_TRUE(is_one_error(run, 1));
  EXPECT_TRUE(contains(run.errors,
                       "there is no database none, and the login reader may not create it: run "
                       "agreementctl setup as a superuser of the server"))
      << run.errors;
}

TEST_F(CliOperations, StatusSaysWhatASinkIsBehindWithAndWhatWaitsForItsTime) {
  for (const auto* sink : {"desk", "slow"})
    storage::register_sink(store_, sink, storage::Tells::changes, sha256("there"));
  SmallHistory().store_in(store_, SystemClock().now());
  const auto file = write("a.toml",
                          "[[alert]]\nname = \"desk\"\nkind = \"file\"\npath = \"/tmp/desk\"\n"
                          "[[alert]]\nname = \"slow\"\nkind = \"file\"\npath = \"/tmp/slow\"\n"
                          "delay = \"24h\"\n");
  const auto run = agreementctl({"--config", file, "status", "--format", "csv"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_TRUE(contains(run.output, "alert desk,ok; 1 behind\n")) << run.output;
  EXPECT_TRUE(contains(run.output, "alert slow,\"ok; 0 behind, 1 not due yet\"\n")) << run.output;
}

TEST_F(CliOperations, MigrateOfAnUpToDateDatabaseDoesNothing) {
  const auto run = agreementctl({"migrate"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_EQ(run.output, "Nothing to do: the schema is number " +
                            std::to_string(storage::newest_schema()) + ".\n");
}

TEST_F(CliOperations, ADatabaseWithoutTheSchemaSaysWhatToRun) {
  const auto database = Cluster::get().create_database(false);
  const auto uri = Cluster::get().uri(database, "agreementd_writer");
  const auto run = agreementctl({"--database", uri, "current"});
  EXPECT_TRUE(is_one_error(run, 1));
  EXPECT_TRUE(contains(run.errors, "agreementctl setup") ||
              contains(run.errors, "agreementctl migrate"))
      << run.errors;
  Cluster::get().drop_database(database);
}

TEST_F(CliOperations, WhoMayNotSetUpIsToldWhoMay) {
  const auto empty = Cluster::get().create_database(false);
  for (const auto& database : {empty, database_})
    for (const auto* user : {"agreementd_writer", "reader"}) {
      const auto run = agreementctl({"--database", Cluster::get().uri(database, user), "setup"});
      EXPECT_TRUE(is_one_error(run, 1));
      EXPECT_TRUE(contains(run.errors, "as a superuser of the server")) << run.errors;
      EXPECT_FALSE(contains(run.errors, "connect as")) << run.errors;
    }
  Cluster::get().drop_database(empty);
}

TEST_F(CliOperations, MigrateOfADatabaseThatWasNeverSetUpSaysToSetItUp) {
  const auto empty = Cluster::get().create_database(false);
  for (const auto* user : {"agreementd_writer", "reader"}) {
    const auto run = agreementctl({"--database", Cluster::get().uri(empty, user), "migrate"});
    EXPECT_TRUE(is_one_error(run, 1));
    EXPECT_TRUE(contains(run.errors, "run agreementctl setup")) << run.errors;
  }
  Cluster::get().drop_database(empty);
}

TEST_F(CliOperations, WhatIsNotForReadersSaysWhomItIsFor) {
  const auto file = write("a.xlsx", "PK\x03\x04");
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"status"},
                                                    {"editions"},
                                                    {"document", "01234567", "-o", "-"},
                                                    {"import", file},
                                                    {"reject", "01234567", "--why", "so"}}) {
    const auto run = agreementctl(arguments, "reader");
    ASSERT_EQ(lines_of(run.errors).size(), 1U) << run.errors;
    EXPECT_TRUE(contains(run.errors,
                         ": this is for agreementd_writer, the service's login; members of "
                         "agreementd_reader read the views of schema agreementd\n"))
        << arguments.front() << ": " << run.errors;
  }
}

TEST_F(CliOperations, StatusTellsTheSchema) {
  const auto run = agreementctl({"status"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_TRUE(run.output.starts_with("name,value\n")) << run.output;
  EXPECT_TRUE(
      contains(run.output, "schema version," + std::to_string(storage::newest_schema()) + "\n"))
      << run.output;
}

TEST_F(CliOperations, StatusTellsWhatNeedsAPerson) {
  CliTest::run(store_,
               "INSERT INTO agreementd.notices (kind, subject, text, opened_at) "
               "VALUES ('mislabelled', 'a.xlsx', E'read as pending\\x1b', '2025-09-22T12:00:00Z')");
  const auto run = agreementctl({"status", "--format", "table"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_TRUE(contains(run.output,
                       "\nmislabelled: a.xlsx: read as pending\\x1b (since "
                       "2025-09-22T12:00:00Z)\n"))
      << run.output;
  EXPECT_TRUE(contains(agreementctl({"status"}).output, "\nnotice: mislabelled,a.xlsx: read as "));
}

TEST_F(CliOperations, AnUnreachableDatabaseIsStatusFive) {
  EXPECT_TRUE(
      is_one_error(agreementctl({"--database", "host=/nonexistent dbname=x", "current"}), 5));
  EXPECT_TRUE(is_one_error(
      agreementctl(
          {"--database", Cluster::get().uri("nobody_made_it", "agreementd_writer"), "current"}),
      5));
}

TEST_F(CliOperations, APasswordOnTheCommandLineIsRefusedAndNotRepeated) {
  for (const auto* uri :
       {"postgresql://me:hunter2@/db?host=/nonexistent", "dbname=x password=hunter2"}) {
    const auto run = agreementctl({"--database", uri, "current"});
    EXPECT_TRUE(is_one_error(run, 2));
    EXPECT_TRUE(contains(run.errors, "PGPASSFILE")) << run.errors;
    EXPECT_FALSE(contains(run.errors, "hunter2")) << run.errors;
  }
}

TEST_F(CliOperations, WithoutADatabaseTheErrorNamesThePlacesToNameOne) {
  const auto run = shell(std::string("unset AGREEMENTD_DATABASE; exec ") + quoted(AGREEMENTCTL) +
                             " --config /dev/null current",
                         folder_);
  EXPECT_TRUE(is_one_error(run, 2));
  EXPECT_TRUE(contains(run.errors, "AGREEMENTD_DATABASE")) << run.errors;
}

TEST_F(CliOperations, TheDatabaseMayStandInTheConfiguration) {
  const auto file = write("a.toml", "database = \"" + uri("agreementd_writer") + "\"\n");
  const auto run = shell(std::string("unset AGREEMENTD_DATABASE; exec ") + quoted(AGREEMENTCTL) +
                             " --config " + quoted(file) + " current",
                         folder_);
  EXPECT_EQ(run.status, 0) << run.errors;
}

TEST_F(CliOperations, CheckConfigTellsEveryProblemWithItsPlace) {
  const auto file = write("a.toml", "databse = \"x\"\n[plausibility]\nremovals = \"6\"\n");
  const auto run = agreementctl({"--config", file, "check-config"});
  EXPECT_EQ(run.status, 1);
  const auto lines = lines_of(run.errors);
  ASSERT_EQ(lines.size(), 2U) << run.errors;
  EXPECT_TRUE(lines[0].starts_with("agreementctl: " + file + ":1:1: ")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("agreementctl: " + file + ":3:12: ")) << lines[1];
}

TEST_F(CliOperations, OtherCommandsRefuseABadConfigurationInOneLine) {
  const auto file = write("a.toml", "databse = \"x\"\n[plausibility]\nremovals = \"6\"\n");
  const auto run = agreementctl({"--config", file, "current"});
  EXPECT_TRUE(is_one_error(run, 1));
  EXPECT_TRUE(contains(run.errors, "check-config")) << run.errors;
}

TEST_F(CliOperations, CheckConfigOfAGoodFilePrintsWhatHolds) {
  const auto file = write("a.toml", "[plausibility]\nremovals = 6\n");
  const auto run = agreementctl({"--config", file, "check-config"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_TRUE(contains(run.output, "\nremovals = 6\n")) << run.output;
  EXPECT_TRUE(contains(run.output, "\nadditions = 250\n")) << run.output;
}

TEST_F(CliOperations, WrongUsageIsOneLineAndStatusTwo) {
  EXPECT_TRUE(is_one_error(agreementctl({}), 2));
  EXPECT_TRUE(is_one_error(agreementctl({"poll"}), 2));
  EXPECT_TRUE(is_one_error(agreementctl({"as-of", "yesterday"}), 2));
  EXPECT_TRUE(is_one_error(agreementctl({"changes", "--kind", "x\x1b[2J\ny"}), 2));
}

TEST_F(CliOperations, HelpNeedsNoDatabase) {
  const auto run = shell(
      std::string("unset AGREEMENTD_DATABASE; exec ") + quoted(AGREEMENTCTL) + " import --help",
      folder_);
  EXPECT_EQ(run.status, 0);
  EXPECT_TRUE(contains(run.output, "Example:")) << run.output;
  EXPECT_EQ(run.errors, "");
}

TEST_F(CliOperations, AReaderOfTheOutputThatGoesAwayEndsItQuietly) {
  // Descriptor 3 is a pipe whose other end is closed for certain.
  const std::string closed_pipe = "exec 3> >(true); wait $!;";
  EXPECT_EQ(in_shell(closed_pipe, {"--help"}, ">&3").errors, "");
  const auto ignoring = in_shell("trap '' PIPE; " + closed_pipe, {"current"}, ">&3");
  EXPECT_EQ(ignoring.errors, "");
  EXPECT_EQ(ignoring.status, 0);
}

TEST_F(CliOperations, AFullDiskIsAnError) {
  for (const auto* command : {"--help", "current"}) {
    const auto run = in_shell("", {command}, ">/dev/full");
    EXPECT_TRUE(is_one_error(run, 1));
    EXPECT_TRUE(contains(run.errors, "cannot write the output")) << run.errors;
  }
}

}  // namespace
}  // namespace agreementd::testing
