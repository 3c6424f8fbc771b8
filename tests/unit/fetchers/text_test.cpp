#include "fetchers/text.h"

#include <gtest/gtest.h>

namespace agreementd::fetchers {
namespace {

TEST(OneLine, IsPrintableAndShort) {
  EXPECT_EQ(one_line("a\r\nb\x1B[31m\tc\x7F\xC3\xA9\n"), "a  b [31m c???");
  EXPECT_EQ(one_line(std::string(1000, 'x')).size(), 300U);
  EXPECT_EQ(one_line(""), "");
}

TEST(PercentDecode, TriplesOnly) {
  EXPECT_EQ(percent_decode("a%20b%2fc"), "a b/c");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%zz%4"), "%zz%4");
  EXPECT_EQ(percent_decode("a%00b"), std::string("a\0b", 3));
  EXPECT_EQ(percent_decode(""), "");
}

TEST(IsUtf8, RefusesWhatRfc3629Refuses) {
  for (const char* text : {"", "agencies", "M\xC3\xBCller", "\xE2\x80\x93", "\xF0\x9F\x98\x80",
                           "\xED\x9F\xBF", "\xEE\x80\x80"})
    EXPECT_TRUE(is_utf8(text)) << text;
  for (const char* text : {"M\xFCller", "\xC3", "a\xE2\x80", "\xC0\xAF", "\xE0\x80\xAF",
                           "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xFF"})
    EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(HttpDate, AllThreeFormsOfHttp) {
  for (const char* text : {"Fri, 11 Jul 2025 14:08:49 GMT", "Friday, 11-Jul-25 14:08:49 GMT",
                           "Fri Jul 11 14:08:49 2025"}) {
    const auto instant = read_http_date(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(to_string(*instant), "2025-07-11T14:08:49Z") << text;
  }
}

TEST(HttpDate, WhatIsNoDateIsNone) {
  for (const char* text : {"", "yesterday", "Fri, 41 Jul 2025 14:08:49 GMT", "\n"})
    EXPECT_FALSE(read_http_date(text)) << text;
}

}  // namespace
}  // namespace agreementd::fetchers
