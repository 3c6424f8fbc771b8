#include <gtest/gtest.h>

#include "storage/migrations.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

TEST(Values, BytesComeBackFromHex) {
  const std::string bytes("\x00\xff\x10 text", 8);
  EXPECT_EQ(bytea(bytes), "\\x00ff102074657874");
  EXPECT_EQ(read_bytea(bytea(bytes)), bytes);
  EXPECT_EQ(read_bytea("\\x"), "");
  for (const auto* damaged : {"", "00", "\\x0", "\\x0g"})
    EXPECT_THROW(read_bytea(damaged), Failure);
}

TEST(Values, AnArrayOfTextsComesBackWhateverIsInIt) {
  for (const std::vector<std::string>& texts :
       {std::vector<std::string>{}, {""}, {"", ""}, {"a,b", "{c}", "\"d\"", "\\", "NULL", " e "}})
    EXPECT_EQ(read_text_array(text_array(texts)), texts);
  EXPECT_EQ(text_array(Values{std::nullopt, "a"}), "{NULL,\"a\"}");
}

TEST(Values, WhatIsNoUtf8IsReplacedAndTheRestKept) {
  EXPECT_EQ(storable("plain \u00e9 \u20ac \U0001F600"), "plain \u00e9 \u20ac \U0001F600");
  EXPECT_EQ(storable(std::string("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(storable("caf\xE9"), "caf\uFFFD");
  EXPECT_EQ(storable("\xE2\x82"), "\uFFFD\uFFFD");                      // cut off
  EXPECT_EQ(storable("\xC0\xAF"), "\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(storable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // a surrogate
  EXPECT_EQ(storable("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // above U+10FFFF
}

TEST(Values, ADamagedRowIsAFailureAndNotAGuess) {
  EXPECT_THROW(read_integer("12x"), Failure);
  EXPECT_THROW(read_integer(std::nullopt), Failure);
  EXPECT_THROW(read_date("2025-02-30"), Failure);
  EXPECT_THROW(read_instant("yesterday"), Failure);
  EXPECT_THROW(read_sha256("\\x00"), Failure);
  EXPECT_THROW(read_name("tomorrow", parse_list_name), Failure);
}

}  // namespace
}  // namespace agreementd::storage
