#include "daemon/commands/output.h"

#include <gtest/gtest.h>

namespace agreementd::daemon {
namespace {

using storage::Table;

Table one_cell(const std::string& text) { return {{"agency"}, {{text}}}; }

/// The line of the first row.
std::string csv_row(const std::string& text) {
  const auto csv = format_csv(one_cell(text));
  return csv.substr(csv.find('\n') + 1);
}

TEST(Csv, BeginsWithTheHeaderEvenWhereThereAreNoRows) {
  EXPECT_EQ(format_csv({{"seq", "list"}, {}}), "seq,list\n");
}

TEST(Csv, CommasQuotesAndLineEndsAreQuoted) {
  EXPECT_EQ(csv_row("plain text"), "plain text\n");
  EXPECT_EQ(csv_row("Bexar, County of"), "\"Bexar, County of\"\n");
  EXPECT_EQ(csv_row("the \"Office\""), "\"the \"\"Office\"\"\"\n");
  EXPECT_EQ(csv_row("two\nlines"), "\"two\nlines\"\n");
  EXPECT_EQ(csv_row("carriage\rreturn"), "\"carriage\rreturn\"\n");
  EXPECT_EQ(csv_row(R"({"moa":"pending"})"), "\"{\"\"moa\"\":\"\"pending\"\"}\"\n");
}

TEST(Csv, AbsentIsEmpty) { EXPECT_EQ(format_csv({{"a", "b"}, {{std::nullopt, ""}}}), "a,b\n,\n"); }

TEST(Csv, WhatASpreadsheetWouldRunIsMadeText) {
  EXPECT_EQ(csv_row("=1+1"), "'=1+1\n");
  EXPECT_EQ(csv_row("\uFF1D1+1"), "'\uFF1D1+1\n") << "in full width";
  EXPECT_EQ(csv_row("=HYPERLINK(\"http://x\",\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\n");
  EXPECT_EQ(csv_row("@SUM(A1)"), "'@SUM(A1)\n");
  EXPECT_EQ(csv_row("+1-210-555"), "'+1-210-555\n");
  EXPECT_EQ(csv_row("-cmd|' /C calc'!A0"), "'-cmd|' /C calc'!A0\n");
  EXPECT_EQ(csv_row("\t=1"), "'\t=1\n");
  EXPECT_EQ(csv_row("\r=1"), "\"'\r=1\"\n");
}

TEST(Csv, NumbersAndDatesStayNumbersAndDates) {
  EXPECT_EQ(csv_row("-12"), "-12\n");
  EXPECT_EQ(csv_row("-0.5"), "-0.5\n");
  EXPECT_EQ(csv_row("2025-06-12"), "2025-06-12\n");
  EXPECT_EQ(csv_row("-"), "'-\n");
  EXPECT_EQ(csv_row("-1-2"), "'-1-2\n");
}

TEST(Csv, OnATerminalControlCharactersAreWrittenOut) {
  EXPECT_EQ(format_csv(one_cell("a\x1b[2Jb"), true), "agency\na\\x1b[2Jb\n");
  EXPECT_EQ(format_csv(one_cell("a\x1b[2Jb"), false), "agency\na\x1b[2Jb\n");
}

TEST(JsonLines, EveryRowIsAnObjectWithTheColumnsInOrder) {
  EXPECT_EQ(format_jsonl({{"list", "agency"}, {{"pending", "A \"B\""}, {"pending", std::nullopt}}}),
            "{\"list\":\"pending\",\"agency\":\"A "
            "\\\"B\\\"\"}\n{\"list\":\"pending\",\"agency\":null}\n");
  EXPECT_EQ(format_jsonl({{"list"}, {}}), "");
}

TEST(JsonLines, NumbersBooleansObjectsAndFieldsAreJsonsOwn) {
  const Table table{{"seq", "unconfirmed", "fields", "before", "signed"},
                    {{"12", "false", "signed;moa", R"({"signed":"2025-06-12"})", "2025-06-11"}}};
  EXPECT_EQ(format_jsonl(table),
            "{\"seq\":12,\"unconfirmed\":false,\"fields\":[\"signed\",\"moa\"],"
            "\"before\":{\"signed\":\"2025-06-12\"},\"signed\":\"2025-06-11\"}\n");
}

TEST(JsonLines, NoFieldsAreAnEmptyList) {
  EXPECT_EQ(format_jsonl({{"fields"}, {{""}}}), "{\"fields\":[]}\n");
}

TEST(JsonLines, TextThatIsNotOfItsColumnsKindStaysText) {
  EXPECT_EQ(format_jsonl({{"count", "before"}, {{"many", "[1]"}}}),
            "{\"count\":\"many\",\"before\":\"[1]\"}\n");
}

TEST(JsonLines, ALeadingEqualsSignIsUnchanged) {
  EXPECT_EQ(format_jsonl(one_cell("=1+1")), "{\"agency\":\"=1+1\"}\n");
}

TEST(JsonLines, ControlCharactersAreEscaped) {
  EXPECT_EQ(format_jsonl(one_cell("\x1b")), "{\"agency\":\"\\u001b\"}\n");
}

TEST(TableText, ColumnsAreAlignedByWhatATerminalShows) {
  const Table table{{"agency", "count"}, {{"Doña Ana", "7"}, {"Bexar", "112"}}};
  EXPECT_EQ(format_table(table),
            "agency    count\n"
            "--------  -----\n"
            "Doña Ana      7\n"
            "Bexar       112\n");
}

TEST(TableText, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(format_table({{"name", "x"}, {{"警察", "1"}, {"abcd", "2"}}}),
            "name  x\n----  -\n警察  1\nabcd  2\n");
}

TEST(TableText, ControlCharactersCannotReachTheTerminal) {
  const auto text = format_table(one_cell("a\x1b]0;owned\x07\nb"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("a\\x1b]0;owned\\x07\\nb"), std::string::npos);
}

TEST(TableText, TheWidestColumnIsShortenedToTheTerminal) {
  const Table table{{"state", "agency"}, {{"TX", "a very long name of an agency indeed"}}};
  EXPECT_EQ(format_table(table, 21),
            "state  agency\n"
            "-----  --------------\n"
            "TX     a very long n…\n");
}

TEST(TableText, WordsAndDatesStayWholeHoweverNarrowTheTerminal) {
  EXPECT_NE(format_table({{"list", "date"}, {{"participating", "2025-06-12"}}}, 10)
                .find("participating  2025-06-12\n"),
            std::string::npos);
}

TEST(TableText, NoLineEndsInSpaces) {
  EXPECT_EQ(format_table({{"a", "long name"}, {{"x", std::nullopt}}}),
            "a  long name\n-  ---------\nx\n");
}

TEST(Table, ColumnsThatSayNothingCanBeLeftOut) {
  const auto table =
      without_empty_columns({{"a", "b", "c"}, {{"1", "", std::nullopt}, {"2", "", "x"}}});
  EXPECT_EQ(table.columns, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(table.rows.size(), 2U);
}

TEST(Table, SelectingColumnsKeepsTheOrderAskedFor) {
  const auto table = with_columns({{"a", "b", "c"}, {{"1", "2", "3"}}}, {"c", "nothing", "a"});
  EXPECT_EQ(table.columns, (std::vector<std::string>{"c", "a"}));
  EXPECT_EQ(cell(table, 0, "c"), "3");
  EXPECT_EQ(cell(table, 0, "b"), "");
}

}  // namespace
}  // namespace agreementd::daemon
