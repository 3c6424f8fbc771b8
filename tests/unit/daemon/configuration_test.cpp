#include "daemon/configuration/configuration.h"

#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "daemon/configuration/configuration_keys.h"
#include "model/result.h"
#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::daemon {
namespace {

std::vector<std::string> problems(std::string_view text) {
  return read_configuration(text, "a.toml").problems;
}

/// The only problem.
std::string problem(std::string_view text) {
  const auto found = problems(text);
  EXPECT_EQ(found.size(), 1U) << text;
  return found.empty() ? "" : found[0];
}

TEST(Configuration, AnEmptyFileGivesTheDefaults) {
  const auto reading = read_configuration("", "a.toml");
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.configuration.file, "a.toml");
  EXPECT_EQ(reading.configuration.database, "");
  EXPECT_EQ(reading.configuration.plausibility.removals, 20);
  EXPECT_DOUBLE_EQ(reading.configuration.plausibility.removal_share, 0.02);
}

TEST(Configuration, WhatTheFileSaysReplacesTheDefaults) {
  const auto reading = read_configuration(R"(
database = "postgresql:///agreementd"
[plausibility]
removals = 6
addition_share = 1
)",
                                          "a.toml");
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.configuration.database, "postgresql:///agreementd");
  EXPECT_EQ(reading.configuration.plausibility.removals, 6);
  EXPECT_DOUBLE_EQ(reading.configuration.plausibility.addition_share, 1);
  EXPECT_EQ(reading.configuration.plausibility.additions, 250);
}

TEST(Configuration, AnUnknownKeyIsNamedWithItsPlaceAndTheKnownOnes) {
  EXPECT_TRUE(problem("database = \"dbname=x\"\n  databse = \"y\"\n")
                  .starts_with("a.toml:2:3: unknown key databse: "));
  const auto text = problem("[plausibility]\nremoval = 3\n");
  EXPECT_TRUE(text.starts_with("a.toml:2:1: unknown key plausibility.removal: ")) << text;
  EXPECT_NE(text.find("removals, removal_share"), std::string::npos) << text;
}

TEST(Configuration, AnUnknownTableIsAProblem) {
  EXPECT_TRUE(
      problem("[plausible]\nremovals = 3\n").starts_with("a.toml:1:2: unknown key plausible"));
}

TEST(Configuration, AWrongTypeIsNamedWithItsPlace) {
  EXPECT_EQ(problem("database = 5\n"), "a.toml:1:12: database must be a text in quotes");
  EXPECT_EQ(problem("[plausibility]\nremovals = \"6\"\n"),
            "a.toml:2:12: plausibility.removals must be a whole number, 0 or more");
  EXPECT_EQ(problem("[plausibility]\nremovals = 6.5\n"),
            "a.toml:2:12: plausibility.removals must be a whole number, 0 or more");
  EXPECT_EQ(problem("[plausibility]\nremoval_share = true\n"),
            "a.toml:2:17: plausibility.removal_share must be a share from 0 to 1, as in 0.02");
  EXPECT_TRUE(
      problem("plausibility = 3\n").starts_with("a.toml:1:16: plausibility must be a table"));
}

TEST(Configuration, ANumberOutOfRangeIsAProblem) {
  EXPECT_EQ(problems("[plausibility]\nremovals = -1\n").size(), 1U);
  EXPECT_EQ(problems("[plausibility]\nremovals = 99999999999\n").size(), 1U);
  EXPECT_EQ(problems("[plausibility]\nremoval_share = 2\n").size(), 1U);
  EXPECT_EQ(problems("[plausibility]\nremoval_share = nan\n").size(), 1U);
}

TEST(Configuration, TextThatIsNoTomlIsAProblemWithItsPlace) {
  EXPECT_TRUE(problem("database = \"x\"\nremovals = = 3\n").starts_with("a.toml:2:12: no TOML: "));
  EXPECT_EQ(problems("database = 'a'\ndatabase = 'b'\n").size(), 1U);
}

TEST(Configuration, AllProblemsAreToldInTheOrderOfTheFile) {
  const auto found = problems("zzz = 1\naaa = 2\n[plausibility]\nremovals = 'x'\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[0].starts_with("a.toml:1:1:"));
  EXPECT_TRUE(found[1].starts_with("a.toml:2:1:"));
  EXPECT_TRUE(found[2].starts_with("a.toml:4:12:"));
}

TEST(Configuration, APasswordIsRefusedWhereItStandsAndNotRepeated) {
  for (const auto* text :
       {"database = \"postgresql://u:s3cret@host/x\"\n", "database = \"host=x password=s3cret\"\n",
        "source.page = \"https://u:s3cret@example.org/287g\"\n"}) {
    const auto found = problem(text);
    EXPECT_NE(found.find("password"), std::string::npos) << found;
    EXPECT_EQ(found.find("s3cret"), std::string::npos) << found;
    EXPECT_EQ(to_toml(read_configuration(text, "a.toml").configuration).find("s3cret"),
              std::string::npos);
  }
}

TEST(Configuration, APageThatIsNoAddressIsAProblem) {
  EXPECT_TRUE(problem("source.page = \"287g\"\n").find("must be an http or https address") !=
              std::string::npos);
  EXPECT_TRUE(problems("source.page = \"\"\n").empty());
}

TEST(Configuration, WrittenAndReadAgainItIsTheSame) {
  Configuration configuration;
  configuration.database = "host='a \"b\"\\c' dbname=x";
  configuration.plausibility.removals = 7;
  configuration.plausibility.unreadable_share = 0.125;
  const auto reading = read_configuration(to_toml(configuration), "a.toml");
  ASSERT_TRUE(reading.problems.empty()) << reading.problems[0];
  EXPECT_EQ(reading.configuration.database, configuration.database);
  EXPECT_EQ(reading.configuration.plausibility.removals, 7);
  EXPECT_DOUBLE_EQ(reading.configuration.plausibility.unreadable_share, 0.125);
}

TEST(Configuration, AFileNamedThatIsNotThereIsAFailure) {
  const TemporaryFolder folder;
  EXPECT_THROW((void)load_configuration(folder.path("missing.toml")), Failure);
  EXPECT_EQ(
      load_configuration(folder.write("a.toml", "database='dbname=x'")).configuration.database,
      "dbname=x");
}

TEST(Configuration, DurationsAndSizesAreTextsWithAUnit) {
  const auto reading = read_configuration(
      "[source]\nevery = \"90m\"\nsilent_after = \"7d\"\n[spool]\nsize = \"512 MiB\"\n", "a.toml");
  ASSERT_TRUE(reading.problems.empty()) << reading.problems[0];
  EXPECT_EQ(reading.configuration.source.every, std::chrono::minutes{90});
  EXPECT_EQ(reading.configuration.source.silent_after, std::chrono::days{7});
  EXPECT_EQ(reading.configuration.spool.size, 512ULL << 20);
  for (const auto* value :
       {"3600", "\"1 hour\"", "\"h\"", "\"-1h\"", "\"1.5h\"", "\"\"", "\"999999999999h\"", "true"})
    EXPECT_NE(problem(std::string("source.every = ") + value).find("must be a duration"),
              std::string::npos)
        << value;
  for (const auto* value : {"512", "\"512 MB\"", "\"MiB\"", "\"99999999999999999999 B\""})
    EXPECT_NE(problem(std::string("spool.size = ") + value).find("must be a size"),
              std::string::npos)
        << value;
}

TEST(Configuration, WhatWouldHurtOthersOrNobodyIsRefusedAndTheDefaultStays) {
  const auto reading = read_configuration("source.every = \"30s\"\n", "a.toml");
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0],
            "a.toml:1:16: source.every must be a minute or more: the source is not ours");
  EXPECT_EQ(reading.configuration.source.every, std::chrono::hours{1});
  EXPECT_EQ(problems("source.retry = \"1s\"\n").size(), 1U);
  EXPECT_EQ(problems("spool.size = \"1 MiB\"\n").size(), 1U);
  for (const auto* wrong : {"9287", ":9287", "localhost", "localhost:http", "localhost:99999"})
    EXPECT_EQ(problems(std::string("http.listen = \"") + wrong + "\"\n").size(), 1U) << wrong;
  EXPECT_TRUE(problems("http.listen = \"\"\n").empty());
}

TEST(Configuration, WhatCannotWorkIsRefusedBeforeItIsUsed) {
  for (const auto* wrong :
       {"database = \"not a database\"", "source.hosts = [\"https://x/y\"]",
        "source.hosts = [\"\"]", "source.contact = \"a\\nb\"", "source.ca_file = \"/nonexistent\"",
        "source.unlinked_after = \"0s\"", "source.silent_after = \"59s\"",
        "spool.folder = \"relative\"", "spool.size = \"17179869185 GiB\""})
    EXPECT_EQ(problems(std::string(wrong) + "\n").size(), 1U) << wrong;
}

TEST(Configuration, TheShippedFileIsTheDefaultsAndExplainsEveryKey) {
  const auto sample = sample_configuration();
  const auto shipped = read_configuration(sample, "a.toml");
  EXPECT_TRUE(shipped.problems.empty());
  EXPECT_EQ(to_toml(shipped.configuration), to_toml({}));
  // With all that is commented out put in it is the same again.
  const auto put_in = std::regex_replace(sample, std::regex("#(\\w+ = )"), "$1");
  // There is no alert where nobody writes one: its keys have no defaults that would do.
  const auto all = read_configuration(put_in.substr(0, put_in.find("#[[alert]]")), "a.toml");
  EXPECT_TRUE(all.problems.empty()) << all.problems[0];
  EXPECT_EQ(to_toml(all.configuration), to_toml({}));
  for (const auto& key : configuration_keys()) {
    EXPECT_NE(put_in.find("\n" + std::string(key.name) + " = "), std::string::npos) << key.name;
    EXPECT_FALSE(key.explanation.empty()) << key.name;
    EXPECT_TRUE(key.table.empty() || !about_table(key.table).empty()) << key.table;
  }
}

TEST(Configuration, TheManualHasEveryKeyAndIsRoffThatManTakes) {
  const auto manual = configuration_manual();
  for (const auto& key : configuration_keys())
    EXPECT_NE(manual.find("\n.BR " + std::string(key.name) + " "), std::string::npos) << key.name;
  std::istringstream lines(manual);
  const std::regex request(R"(\.(SH|SS|TP|BR)( .*)?)");
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('.') || line.starts_with('\'')) {
      EXPECT_TRUE(std::regex_match(line, request)) << line;
    }
  }
}

}  // namespace
}  // namespace agreementd::daemon
