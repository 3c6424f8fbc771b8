#include "model/base64.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace agreementd {
namespace {

TEST(Base64, IsThatOfRfc4648) {
  EXPECT_EQ(base64(""), "");  // section 10
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xfb\xff"), "+/8=");
}

TEST(Base64, WhatIsNoneIsNotRead) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "=", "====", "Z===", "Zm9v\n", "Zm-_",
                           "Zg==Zg==", "Zm9 "})
    EXPECT_FALSE(parse_base64(text).has_value()) << text;
}

RC_GTEST_PROP(Base64, IsReadAsItWasWritten, (const std::string& bytes)) {
  RC_ASSERT(parse_base64(base64(bytes)) == bytes);
}

}  // namespace
}  // namespace agreementd
