#include "alerts/email_address.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

TEST(EmailAddress, IsOneAddrSpec) {
  for (const char* text : {"alerts@example.org", "a.b+c@mail.example.org", "root@localhost",
                           "o'neil@example.org", "x@1.example"}) {
    const auto parsed = EmailAddress::parse(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(parsed->text(), text);
  }
  EXPECT_EQ(EmailAddress::parse("a@mail.example.org")->host(), "mail.example.org");
}

TEST(EmailAddress, NothingElseIs) {
  for (const char* text : {"",
                           "@",
                           "a@",
                           "@b",
                           "a",
                           "a@b@c",
                           "A <a@example.org>",
                           "<a@example.org>",
                           "\"a b\"@x.org",
                           "a b@x.org",
                           ".a@x.org",
                           "a..b@x.org",
                           "a.@x.org",
                           "a@x..org",
                           "a@-x.org",
                           "a@x-.org",
                           "a@x.org\r\nBcc: b@x.org",
                           "a@x.org,b@x.org",
                           "a@[127.0.0.1]",
                           "é@x.org",
                           "a@é.org",
                           "a(c)@x.org",
                           "a@x.org ",
                           "a@x_y.org"})
    EXPECT_FALSE(EmailAddress::parse(text).ok()) << text;
  EXPECT_FALSE(EmailAddress::parse(std::string(65, 'a') + "@x.org").ok());
  EXPECT_FALSE(EmailAddress::parse("a@" + std::string(64, 'a') + ".org").ok());
}

TEST(EmailAddress, WhatIsWrongIsSaidInOneLine) {
  const auto parsed = EmailAddress::parse("A\r\n <a@x.org>");
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.error(),
            "\"A <a@x.org>\" is no e-mail address: what is before the @ is no plain name (no "
            "quotes, spaces, < or >); write it as alerts@example.org");
}

TEST(ListId, IsLikeAHostsName) {
  EXPECT_TRUE(ListId::parse("changes.alerts.example.org").ok());
  for (const char* text : {"", "changes", "a.b>", "a b.c", "a..b", "a.b\r\nX: y"})
    EXPECT_FALSE(ListId::parse(text).ok()) << text;
}

RC_GTEST_PROP(EmailAddress, NeverHoldsWhatCouldEndAHeader, ()) {
  const auto parsed = EmailAddress::parse("a" + *hostile_text() + "@example.org");
  if (parsed.ok())
    for (const char c : parsed->text()) RC_ASSERT(c > ' ' && c <= '~' && c != '<' && c != ',');
}

}  // namespace
}  // namespace agreementd::alerts
