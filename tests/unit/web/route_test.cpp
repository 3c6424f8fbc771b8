#include "web/route.h"

#include <gtest/gtest.h>

namespace agreementd::web {
namespace {

const Validators state{"\"abc\"", parse_instant("2025-03-18T21:00:00.5Z")};

Request with_tags(const std::string& tags, const std::string& time = "") {
  Request request;
  request.if_none_match = tags;
  request.if_modified_since = time;
  return request;
}

TEST(Request, HasTheStateWhoseTagItNames) {
  for (const auto* tags : {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "\"abc\",\"x\"", "*"})
    EXPECT_TRUE(with_tags(tags).has(state)) << tags;
  for (const auto* tags : {"", "\"x\"", "abc", "\"xabc\"", "\"ab\", \"c\"", "\"\"abc\"\""})
    EXPECT_FALSE(with_tags(tags).has(state)) << tags;
}

TEST(Request, HasTheStateOfThatVeryTime) {
  const std::string time = "Tue, 18 Mar 2025 21:00:00 GMT";
  EXPECT_TRUE(with_tags("", time).has(state));
  EXPECT_FALSE(with_tags("", "Tue, 18 Mar 2025 21:00:01 GMT").has(state));
  EXPECT_FALSE(with_tags("", "").has(state));
  EXPECT_FALSE(with_tags("\"x\"", time).has(state)) << "a tag counts alone";
}

TEST(Request, HasNothingOfWhatHasNoState) {
  for (const auto* tags : {"*", "\"\"", ""}) EXPECT_FALSE(with_tags(tags).has({}));
}

TEST(HttpDate, IsAsTheStandardHasIt) {
  EXPECT_EQ(http_date(*parse_instant("1994-11-06T08:49:37.9Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace agreementd::web
