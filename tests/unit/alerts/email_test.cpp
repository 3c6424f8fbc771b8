#include "alerts/email.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

EmailAddresses addresses() {
  return {*EmailAddress::parse("alerts@example.org"),
          {*EmailAddress::parse("desk@example.net"), *EmailAddress::parse("jane@example.com")},
          *ListId::parse("changes.example.org")};
}

std::string email(const Message& message) {
  return email_text(telling(message), addresses(), *parse_instant("2025-03-18T22:01:03Z"));
}

std::string head_of(const std::string& text) { return text.substr(0, text.find("\r\n\r\n")); }

TEST(Email, HasTheHeadersOfAListsMail) {
  const Message message{{item(bee_county())}};
  const auto id = message_id(message);
  EXPECT_EQ(head_of(email(message)),
            "From: agreementd <alerts@example.org>\r\n"
            "To: desk@example.net,\r\n jane@example.com\r\n"
            "Subject: =?UTF-8?B?WzI4NyhnKV0gTmV3OiBCZWUgQ291bnR5IFNoZXJpZmYncyBPZmZp?=\r\n"
            " =?UTF-8?B?Y2UsIFRYOiB0YXNrIGZvcmNlIG1vZGVsLCBzaWduZWQgMjAyNS0w?=\r\n"
            " =?UTF-8?B?My0wMQ==?=\r\n"
            "Date: Tue, 18 Mar 2025 22:01:03 +0000\r\n"
            "Message-ID: <" +
                id +
                "@example.org>\r\n"
                "List-Id: <changes.example.org>\r\n"
                "Auto-Submitted: auto-generated\r\n"
                "MIME-Version: 1.0\r\n"
                "Content-Type: multipart/alternative;\r\n"
                " boundary=\"=_" +
                id + "\"");
}

TEST(Email, SaysTheSameInTextAndInHtml) {
  auto told = item(bee_county());
  told.moa_url = "https://www.ice.gov/a.pdf?x&y";
  const auto text = email(Message{{told}});
  EXPECT_NE(text.find("\r\n  listed 2025-03-18, in participatingAgencies03182025pm.xlsx\r\n"),
            std::string::npos);
  EXPECT_NE(text.find("\r\n  MOA: https://www.ice.gov/a.pdf?x&y\r\n"), std::string::npos);
  EXPECT_NE(text.find("<strong>New: Bee County Sheriff&#39;s Office"), std::string::npos);
  EXPECT_NE(text.find("\r\n<a href=3D\"https://www.ice.gov/a.pdf?x&amp;y\">MOA</a>"),
            std::string::npos);
}

TEST(Email, OfTheSameIsTheSameHoweverOftenItIsMade) {
  const Message message{{item(bee_county(), 1), item(bees_application(), 2)}};
  EXPECT_EQ(email(message), email(message));
}

RC_GTEST_PROP(Email, NothingAListSaysAddsAHeaderOrLeavesItsPart, ()) {
  const auto message = *hostile_message();
  const auto text = email(message);
  std::size_t fields = 0, boundaries = 0;
  bool head = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find("\r\n", begin);
    RC_ASSERT(end != std::string::npos);
    const auto line = text.substr(begin, end - begin);
    RC_ASSERT(line.size() <= 76U);
    for (const char c : line) RC_ASSERT(c >= ' ' && c <= '~');
    if (line.empty()) head = false;
    if (head && !line.starts_with(' ')) ++fields;
    if (line.starts_with("--=_msg_" + message_id(message).substr(4))) ++boundaries;
    begin = end + 2;
  }
  RC_ASSERT(fields == 9U);
  RC_ASSERT(boundaries == 3U);
  const auto html = text.substr(text.find("Content-Type: text/html"));
  RC_ASSERT(html.find("<script") == std::string::npos);
}

}  // namespace
}  // namespace agreementd::alerts
