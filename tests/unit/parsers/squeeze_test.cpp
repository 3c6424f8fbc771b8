#include "parsers/squeeze.h"

#include <gtest/gtest.h>

namespace agreementd::parsers {
namespace {

TEST(Squeeze, WhiteSpaceOfEveryKindBecomesOneSpaceAndNoneAtTheEnds) {
  EXPECT_EQ(squeeze("  Alder \r\n\t County "), "Alder County");
  EXPECT_EQ(squeeze("Alder\xC2\xA0\xE2\x80\x83\xE3\x80\x80"
                    "County\xC2\xA0"),
            "Alder County");
  EXPECT_EQ(squeeze(" \xC2\xA0\t"), "");
}

TEST(Squeeze, ZeroWidthAndDirectionMarksVanish) {
  EXPECT_EQ(squeeze("\xEF\xBB\xBF"
                    "Al\xE2\x80\x8B"
                    "der\xC2\xAD \xE2\x80\xAE"
                    "County"),
            "Alder County");
}

TEST(Squeeze, ControlCharactersAreWhiteSpace) {
  EXPECT_EQ(squeeze(std::string_view("Alder\0\x07"
                                     "County",
                                     13)),
            "Alder County");
}

TEST(Squeeze, BrokenUtf8BecomesReplacementCharacters) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(squeeze("A\xFF"
                    "B"),
            "A" + mark + "B");
  EXPECT_EQ(squeeze("A\xC3"), "A" + mark);
  EXPECT_EQ(squeeze("\xC0\x80"), mark + mark) << "overlong";
  EXPECT_EQ(squeeze("\xED\xA0\x80"), mark + mark + mark) << "a surrogate";
}

TEST(Squeeze, OtherScriptsStay) {
  EXPECT_EQ(squeeze("Do\xC3\xB1"
                    "a  Ana"),
            "Do\xC3\xB1"
            "a Ana");
}

TEST(PlainWords, ComparesByLettersAndDigitsInUpperCase) {
  EXPECT_EQ(plain_words(" n.c. "), "NC");
  EXPECT_EQ(plain_words("Support-Type:"), "SUPPORT TYPE");
  EXPECT_EQ(plain_words("Sheriff's  Office"), "SHERIFFS OFFICE");
  EXPECT_EQ(plain_words(" - "), "");
}

}  // namespace
}  // namespace agreementd::parsers
