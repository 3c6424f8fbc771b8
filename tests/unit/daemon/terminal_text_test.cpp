#include "daemon/terminal_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace agreementd::daemon {
namespace {

TEST(TerminalText, ControlCharactersAreWrittenOut) {
  EXPECT_EQ(printable("a\x1b[31mred\x07"), "a\\x1b[31mred\\x07");
  EXPECT_EQ(printable("two\nlines\r\tand a tab"), "two\\nlines\\r\\tand a tab");
  EXPECT_EQ(printable(std::string("nul\0!", 5)), "nul\\x00!");
  EXPECT_EQ(printable("c1 \xc2\x9b"), "c1 \\x9b");
  EXPECT_EQ(printable("\x7f"), "\\x7f");
}

TEST(TerminalText, CharactersThatMisleadTheReaderAreWrittenOut) {
  EXPECT_EQ(printable("gpj.\u202Eexe"), "gpj.\\u{202e}exe");
  EXPECT_EQ(printable("zero\u200Bwidth"), "zero\\u{200b}width");
}

TEST(TerminalText, NamesInAnyScriptAreUnchanged) {
  EXPECT_EQ(printable("Doña Ana County Sheriff’s Office"), "Doña Ana County Sheriff’s Office");
  EXPECT_EQ(printable("e\u0301 → 警察"), "e\u0301 → 警察");
}

TEST(TerminalText, BytesThatAreNoUtf8AreWrittenOutOneByOne) {
  EXPECT_EQ(printable("\xff\xc3(\xe2\x82"), "\\xff\\xc3(\\xe2\\x82");
  EXPECT_FALSE(is_utf8("\xc3("));
  EXPECT_TRUE(is_utf8("Doña"));
}

RC_GTEST_PROP(TerminalText, WhateverComesInPrintsOnOneLineAsUtf8, (const std::string& bytes)) {
  const auto text = printable(bytes);
  RC_ASSERT(is_utf8(text));
  for (const unsigned char c : text) RC_ASSERT(c >= 0x20 && c != 0x7f);
  RC_ASSERT(printable(text) == text);
}

TEST(TerminalText, WidthCountsColumnsAndNotBytes) {
  EXPECT_EQ(display_width("Doña"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("警察"), 4U);
}

TEST(TerminalText, ShortenedTextFitsAndNeverCutsACharacterInTwo) {
  EXPECT_EQ(shortened("Bexar", 5), "Bexar");
  EXPECT_EQ(shortened("Bexar County", 6), "Bexar…");
  EXPECT_EQ(shortened("警察署", 4), "警…");
  EXPECT_EQ(shortened("Bexar", 1), "…");
}

TEST(TerminalText, PaddingGoesBehindTextAndBeforeNumbers) {
  EXPECT_EQ(padded("Doña", 6), "Doña  ");
  EXPECT_EQ(padded("12", 4, true), "  12");
  EXPECT_EQ(padded("longer", 3), "longer");
}

TEST(TerminalText, WrappedTextBreaksAtSpacesAndIndentsWhatFollows) {
  EXPECT_EQ(wrapped("one two three", 9, 2), "one two\n  three");
  EXPECT_EQ(wrapped("unbreakablelongword x", 8, 0), "unbreakablelongword\nx");
  EXPECT_EQ(wrapped("", 8, 2), "");
}

}  // namespace
}  // namespace agreementd::daemon
