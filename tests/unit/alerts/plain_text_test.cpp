#include "alerts/plain_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "alerts/unicode.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

TEST(PlainText, ControlsAndLineEndsAreOneSpace) {
  EXPECT_EQ(plain_text("\r\n Bee\t\n\x1b County\u2028\u0085X \u00a0"), "Bee County X");
  EXPECT_EQ(plain_text(std::string("a\0b", 3)), "a b");
  EXPECT_EQ(plain_text(" \n"), "");
}

TEST(PlainText, WhatIsInvisibleOrTurnsTheDirectionIsLeftOut) {
  EXPECT_EQ(plain_text("a\u202eb\u200b\ufeff\u2066c\u00ad\U000e0041"), "abc");
}

TEST(PlainText, WhatIsNoUtf8IsReplaced) {
  EXPECT_EQ(plain_text("a\xff"), "a\ufffd");
  EXPECT_EQ(plain_text("\xc0\xaf\xed\xa0\x80"), "\ufffd\ufffd\ufffd\ufffd\ufffd");
  EXPECT_EQ(plain_text("Doña Ana → 😀"), "Doña Ana → 😀");
}

TEST(PlainText, IsShortenedBetweenCharacters) {
  EXPECT_EQ(shortened("Doña Ana", 8), "Doña Ana");
  EXPECT_EQ(shortened("Doña Ana", 4), "Doñ…");
}

TEST(Unicode, WhatIsWrittenIsRead) {
  for (const char32_t code :
       {U'\0', U'\x7f', U'\x80', U'\x7ff', U'\x800', U'\ufffd', U'\U00010000', U'\U0010ffff'})
    EXPECT_EQ(characters(utf8({&code, 1})), std::u32string(1, code));
}

TEST(Link, IsMadeOfHttpAloneAndOfNothingThatCouldEndIt) {
  EXPECT_TRUE(is_linkable("https://www.ice.gov/doclib/287gMOA/A_B%20C.pdf?x=1&y=2#z"));
  EXPECT_TRUE(is_linkable("HTTP://example.org"));
  for (const char* url :
       {"", "https://", "https:///a", "javascript:alert(1)", "ftp://x/y", "//x/y",
        "javascript://https://x", "https://x/a|b", "https://x/a>b", "https://x/<b", "https://x/a b",
        "https://x/a\nb", "https://x/\"b", "https://x/é"})
    EXPECT_FALSE(is_linkable(url)) << url;
  EXPECT_FALSE(is_linkable("https://x/" + std::string(2000, 'a')));
}

RC_GTEST_PROP(PlainText, IsOneLineOfValidUtf8WhateverTheBytes, ()) {
  const auto plain = plain_text(*hostile_text());
  RC_ASSERT(utf8(characters(plain)) == plain);
  RC_ASSERT(plain_text(plain) == plain);
  for (const auto code : characters(plain)) {
    RC_ASSERT(code >= 0x20U && (code < 0x7FU || code > 0xA0U));
    RC_ASSERT(code != 0x202EU && code != 0x2028U);
  }
}

}  // namespace
}  // namespace agreementd::alerts
