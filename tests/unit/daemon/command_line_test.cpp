#include "daemon/commands/command_line.h"

#include <gtest/gtest.h>

#include "daemon/configuration/option_values.h"

namespace agreementd::daemon {
namespace {

using Arguments = std::vector<std::string>;

Options accepted(const Arguments& arguments) {
  const auto line = parse_command_line(arguments);
  EXPECT_TRUE(line.options.has_value()) << line.text;
  return line.options.value_or(Options{});
}

/// The one line that says what is wrong.
std::string refused(const Arguments& arguments) {
  const auto line = parse_command_line(arguments);
  EXPECT_FALSE(line.options.has_value()) << "accepted: " << arguments.back();
  EXPECT_EQ(line.status, ExitStatus::usage);
  EXPECT_EQ(line.text.find('\n'), std::string::npos) << line.text;
  return line.text;
}

TEST(CommandLine, OptionsOfTheProgramMayStandBeforeOrBehindTheCommand) {
  for (const auto& arguments :
       {Arguments{"--database", "dbname=x", "--config", "a.toml", "current"},
        Arguments{"current", "--database", "dbname=x", "--config=a.toml"}}) {
    const auto options = accepted(arguments);
    EXPECT_EQ(options.command, Command::current);
    EXPECT_EQ(options.database, "dbname=x");
    EXPECT_EQ(options.configuration_file, "a.toml");
  }
}

TEST(CommandLine, ImportTakesFilesAndFolders) {
  const auto options = accepted({"import", "a.xlsx", "lists", "--yes", "--strict"});
  EXPECT_EQ(options.command, Command::import);
  EXPECT_EQ(options.paths, (Arguments{"a.xlsx", "lists"}));
  EXPECT_TRUE(options.yes);
  EXPECT_TRUE(options.strict);
}

TEST(CommandLine, CurrentFiltersByListStateModelAgencyAndCounty) {
  const auto options = accepted({"current", "--list", "pending", "--state", "tx", "--model", "tfm",
                                 "--agency", "bexar", "--county", "Bexar County"});
  EXPECT_EQ(options.agreements.list, List::pending);
  EXPECT_EQ(options.agreements.state, "TX");
  EXPECT_EQ(options.agreements.model, "TFM");
  EXPECT_EQ(options.agreements.agency, "bexar");
  EXPECT_EQ(options.agreements.county, "Bexar County");
  EXPECT_FALSE(options.format.has_value());
  EXPECT_EQ(accepted({"current"}).agreements.list, List::participating);
}

TEST(CommandLine, AStateMayBeGivenByItsName) {
  EXPECT_EQ(accepted({"current", "--state", "new mexico"}).agreements.state, "NM");
}

TEST(CommandLine, AsOfTakesADayAndWhatWasKnownWhen) {
  const auto options = accepted({"as-of", "2025-06-01", "--known-at", "2025-06-02T12:00:00Z"});
  EXPECT_EQ(options.command, Command::as_of);
  ASSERT_TRUE(options.day && options.known_at);
  EXPECT_EQ(to_string(*options.day), "2025-06-01");
  EXPECT_EQ(to_string(*options.known_at), "2025-06-02T12:00:00Z");
}

TEST(CommandLine, ChangesTakesEveryFilter) {
  const auto filter = accepted({"changes",
                                "--since",
                                "2025-06-01",
                                "--until",
                                "2025-06-30",
                                "--recorded-since",
                                "2025-07-01T00:00:00Z",
                                "--after",
                                "120",
                                "--kind",
                                "terminated",
                                "--state",
                                "FL",
                                "--model",
                                "JEM",
                                "--list",
                                "participating",
                                "--significance",
                                "substantive",
                                "--cause",
                                "archive"})
                          .changes;
  EXPECT_EQ(to_string(filter.since.value()), "2025-06-01");
  EXPECT_EQ(to_string(filter.until.value()), "2025-06-30");
  EXPECT_EQ(to_string(filter.recorded_since.value()), "2025-07-01T00:00:00Z");
  EXPECT_EQ(filter.after_seq, 120);
  EXPECT_EQ(filter.kind, "terminated");
  EXPECT_EQ(filter.state, "FL");
  EXPECT_EQ(filter.model, "JEM");
  EXPECT_EQ(filter.list, List::participating);
  EXPECT_EQ(filter.significance, "substantive");
  EXPECT_EQ(filter.cause, "archive");
  EXPECT_FALSE(filter.all);
}

TEST(CommandLine, AskingForRetractionsIsAskingForAll) {
  EXPECT_TRUE(accepted({"changes", "--kind", "retracted"}).changes.all);
  EXPECT_TRUE(accepted({"changes", "--all"}).changes.all);
}

TEST(CommandLine, EveryOtherCommandIsUnderstood) {
  EXPECT_EQ(accepted({"find", "harris"}).text, "harris");
  EXPECT_EQ(accepted({"show", "aabcd2345"}).text, "AABCD2345");
  EXPECT_EQ(accepted({"editions", "--status", "quarantined"}).status, "quarantined");
  EXPECT_EQ(accepted({"approve", "8f3a9c21", "--why", "checked"}).edition, "8f3a9c21");
  const auto reject = accepted({"reject", "a file.xlsx", "--why", "old", "--by", "me"});
  EXPECT_EQ(reject.edition, "a file.xlsx");
  EXPECT_EQ(reject.why, "old");
  EXPECT_EQ(reject.by, "me");
  const auto document = accepted({"document", "ABCDEF01", "-o", "-", "--force"});
  EXPECT_EQ(document.text, "abcdef01");
  EXPECT_EQ(document.output_file, "-");
  EXPECT_TRUE(document.force);
  EXPECT_EQ(accepted({"stats", "--format", "jsonl"}).format, Format::jsonl);
  EXPECT_EQ(accepted({"status"}).command, Command::status);
  EXPECT_EQ(accepted({"setup"}).command, Command::setup);
  EXPECT_EQ(accepted({"migrate"}).command, Command::migrate);
  EXPECT_EQ(accepted({"check-config"}).command, Command::check_config);
}

TEST(CommandLine, NoCommandIsRefused) {
  EXPECT_EQ(refused({}), "no command given: see agreementctl --help");
  EXPECT_EQ(refused({"--database", "x"}), "no command given: see agreementctl --help");
}

TEST(CommandLine, UnknownWordsAreNamed) {
  EXPECT_EQ(refused({"curent"}), "unknown command curent: see agreementctl --help");
  EXPECT_EQ(refused({"current", "--stat", "TX"}),
            "current: unknown option --stat: see agreementctl current --help");
  EXPECT_EQ(refused({"stats", "more"}),
            "stats: unknown argument more: see agreementctl stats --help");
}

TEST(CommandLine, BadDatesAndTimesAreRefused) {
  for (const auto* date : {"2025-13-01", "06/01/2025", "2025-6-1", "2025-02-30", "today", ""}) {
    EXPECT_NE(refused({"as-of", date}).find("no date: write YYYY-MM-DD"), std::string::npos)
        << date;
    refused({"changes", "--since", date});
    refused({"changes", "--until", date});
  }
  for (const auto* time : {"2025-06-02", "noon", "2025-06-02T25:00:00Z"}) {
    refused({"as-of", "2025-06-01", "--known-at", time});
    refused({"changes", "--recorded-since", time});
  }
}

TEST(CommandLine, WordsOutsideTheVocabularyAreRefused) {
  for (const Arguments& arguments :
       {Arguments{"current", "--list", "both"},
        Arguments{"current", "--state", "ZZ"},
        Arguments{"current", "--state", "T"},
        Arguments{"current", "--model", "XYZ"},
        Arguments{"current", "--agency", ""},
        Arguments{"changes", "--kind", "ended"},
        Arguments{"changes", "--significance", "big"},
        Arguments{"changes", "--cause", "poll"},
        Arguments{"changes", "--after", "-1"},
        Arguments{"changes", "--after", "1x"},
        Arguments{"changes", "--list", ""},
        Arguments{"editions", "--status", "new"},
        Arguments{"stats", "--format", "xml"},
        Arguments{"show", "X1234567"},
        Arguments{"show", "Axx"},
        Arguments{"document", "xyz", "-o", "f"},
        Arguments{"document", "abcdef0", "-o", "f"},
        Arguments{"reject", "8f3a9c21", "--why", "  "},
        Arguments{"reject", "8f3a9c21", "--why", "\xFF"},
        Arguments{"decide", "AAAAAAAAA", "is", "ABBBBBBBB", "--why", "so"}})
    refused(arguments);
}

TEST(CommandLine, WhatACommandNeedsMustBeGiven) {
  for (const Arguments& arguments :
       {Arguments{"import"}, Arguments{"as-of"}, Arguments{"find"}, Arguments{"show"},
        Arguments{"approve"}, Arguments{"reject", "8f3a9c21"}, Arguments{"document", "abcdef01"},
        Arguments{"decide", "AAAAAAAAA", "same-as", "ABBBBBBBB"},
        Arguments{"decide", "AAAAAAAAA", "same-as", "--why", "so"},
        Arguments{"document", "-o", "f"}, Arguments{"current", "--state"}})
    refused(arguments);
}

TEST(CommandLine, AnOptionGivenTwiceIsRefused) {
  refused({"current", "--state", "TX", "--state", "FL"});
}

TEST(CommandLine, AnAlertIsTriedByItsName) {
  EXPECT_EQ(accepted({"alert", "test", "desk"}).sink, "desk");
  EXPECT_EQ(accepted({"alert", "test", "desk"}).command, Command::alert);
  EXPECT_NE(refused({"alert", "send", "desk"}).find("is not test"), std::string::npos);
  EXPECT_NE(refused({"alert", "test"}).find("NAME"), std::string::npos);
}

TEST(CommandLine, AReplayNeedsASinkAndTheEntries) {
  const auto replay = accepted({"replay", "--sink", "desk", "--from", "3", "--to", "5"});
  EXPECT_EQ(replay.sink, "desk");
  EXPECT_EQ(replay.replay_from, 3);
  EXPECT_EQ(replay.replay_to, 5);
  EXPECT_NE(refused({"replay", "--sink", "desk", "--from", "3"}).find("--to"), std::string::npos);
  EXPECT_NE(refused({"replay", "--sink", "desk", "--to", "3"}).find("--from"), std::string::npos);
  EXPECT_FALSE(accepted({"replay", "--sink", "desk"}).replay_from);
  EXPECT_NE(refused({"replay", "--sink", "desk", "--from", "x", "--to", "5"}).find("no entry"),
            std::string::npos);
}

TEST(CommandLine, ARedateSaysWhenInNewYork) {
  const auto redate = [](const std::string& date) {
    return parse_command_line({"redate", "8f3a9c21", date, "--why", "so"}).options;
  };
  EXPECT_EQ(redate("2025-06-12")->redated_to, parse_instant("2025-06-12T17:00:00Z"));
  EXPECT_EQ(redate("2025-12-12T09:30")->redated_to, parse_instant("2025-12-12T14:30:00Z"));
  for (const auto* wrong : {"2025-13-01", "2025-06-12T24:00", "2025-06-12 09:30", "today", "2025"})
    EXPECT_FALSE(redate(wrong).has_value()) << wrong;
}

TEST(CommandLine, VerifyTakesWhatItsHeadPrinted) {
  const std::string hash(64, 'a');
  const auto from = [&](const std::string& point) {
    const auto options = parse_command_line({"verify", "--from", point}).options;
    return options ? options->from : std::nullopt;
  };
  ASSERT_TRUE(from("12," + hash).has_value());
  EXPECT_EQ(from("12," + hash)->seq, 12);
  EXPECT_EQ(to_hex(from("12 " + hash)->hash), hash);
  EXPECT_FALSE(from("12").has_value());
  EXPECT_FALSE(from("12,abc").has_value());
  EXPECT_FALSE(from("x," + hash).has_value());
  EXPECT_FALSE(parse_command_line({"verify", "--head", "--from", "1," + hash}).options);
}

TEST(CommandLine, HelpListsEveryCommandOnOneLineAndEndsWithExamples) {
  const auto line = parse_command_line({"--help"});
  EXPECT_FALSE(line.options.has_value());
  EXPECT_EQ(line.status, ExitStatus::done);
  for (const auto* name :
       {"import",  "current", "as-of",    "changes", "find",    "show",         "editions",
        "approve", "reject",  "redate",   "export",  "rebuild", "verify",       "review",
        "decide",  "stats",   "document", "setup",   "migrate", "check-config", "status"})
    EXPECT_NE(line.text.find("\n  " + std::string(name) + " "), std::string::npos) << name;
  EXPECT_GT(line.text.find("Examples:"), line.text.find("check-config"));
  EXPECT_NE(line.text.find("Exit status"), std::string::npos);
}

TEST(CommandLine, HelpOfACommandHasItsOptionsAndAnExample) {
  const auto line = parse_command_line({"changes", "--help"});
  EXPECT_EQ(line.status, ExitStatus::done);
  EXPECT_NE(line.text.find("--since DATE"), std::string::npos) << line.text;
  EXPECT_NE(line.text.find("Example:\n  agreementctl changes"), std::string::npos) << line.text;
}

TEST(CommandLine, HelpFitsATerminal) {
  for (const auto& arguments : {Arguments{"--help"}, Arguments{"changes", "--help"},
                                Arguments{"import", "--help"}, Arguments{"document", "--help"}}) {
    const auto text = parse_command_line(arguments).text;
    for (std::size_t begin = 0; begin < text.size();) {
      const auto end = std::min(text.find('\n', begin), text.size());
      EXPECT_LE(end - begin, 100U) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(CommandLine, TheVersionIsPrinted) {
  EXPECT_TRUE(parse_command_line({"--version"}).text.starts_with("agreementctl 0."));
}

}  // namespace
}  // namespace agreementd::daemon
