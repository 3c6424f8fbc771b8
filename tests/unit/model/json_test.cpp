#include "model/json.h"

#include <gtest/gtest.h>

namespace agreementd {
namespace {

TEST(Json, AStringIsQuotedAndEscaped) {
  EXPECT_EQ(json_string("Doña \"Ana\"\n\x1b"), R"("Doña \"Ana\"\n\u001b")");
  EXPECT_EQ(json_string("\xff"), "\"\xEF\xBF\xBD\"");
}

TEST(Json, TypesAreToldApart) {
  EXPECT_EQ(json_type("12"), JsonType::number);
  EXPECT_EQ(json_type("true"), JsonType::boolean);
  EXPECT_EQ(json_type("null"), JsonType::null);
  EXPECT_EQ(json_type("\"a\""), JsonType::string);
  EXPECT_EQ(json_type("[1]"), JsonType::array);
  EXPECT_EQ(json_type("{}"), JsonType::object);
}

TEST(Json, WhatIsNoJsonOrMoreThanALineIsInvalid) {
  for (const auto* text : {"", "nothing", "{", "1 2", "{\n}"})
    EXPECT_EQ(json_type(text), JsonType::invalid) << text;
}

TEST(Json, AnObjectOfStringsIsReadAndNothingElseIs) {
  const std::map<std::string, std::string> expected{{"moa", "pending"}, {"signed", ""}};
  EXPECT_EQ(parse_json_strings(R"({"signed":"","moa":"pending"})"), expected);
  EXPECT_FALSE(parse_json_strings(R"({"a":1})").has_value());
  EXPECT_FALSE(parse_json_strings("[]").has_value());
  EXPECT_FALSE(parse_json_strings("").has_value());
}

}  // namespace
}  // namespace agreementd
