#include "alerts/slack.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "alerts/unicode.h"
#include "model/json.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

/// The `text` of a payload, escaped as in JSON.
std::string text_of(const std::string& payload) {
  constexpr std::string_view begin = "{\"text\":\"";
  constexpr std::string_view end =
      "\",\"parse\":\"none\",\"unfurl_links\":false,\"unfurl_media\":false}";
  if (!payload.starts_with(begin) || !payload.ends_with(end)) return "no payload";
  return payload.substr(begin.size(), payload.size() - begin.size() - end.size());
}

TEST(Slack, AHeadlineIsBoldWithItsDetailsAndALinkBelow) {
  auto told = item(bee_county());
  told.moa_url = "https://www.ice.gov/a.pdf?x=1&y=2";
  const auto payloads = slack_payloads(telling(Message{{told}}));
  ASSERT_EQ(payloads.size(), 1U);
  EXPECT_EQ(text_of(payloads[0]),
            "*New: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01*\\n"
            "listed 2025-03-18, in participatingAgencies03182025pm.xlsx\\n"
            "agreement ABEEBEEBE, entry 42, recorded 2025-03-18T22:01:02Z\\n"
            "<https://www.ice.gov/a.pdf?x=1&amp;y=2|MOA>");
}

TEST(Slack, NothingAListSaysIsMarkup) {
  EXPECT_EQ(slack_escaped("<!channel> & <https://x|y>"),
            "&lt;!channel&gt; &amp; &lt;https://x|y&gt;");
  EXPECT_EQ(slack_escaped("@here"), "@\u2060here");
  EXPECT_EQ(slack_escaped("*a* ~b~ `c` _d_"), "∗a∗ ∼b∼ ˋcˋ ˍdˍ");
  EXPECT_EQ(slack_escaped(":tada: 22:01:02Z a: b"), "∶tada: 22:01:02Z a: b");
}

TEST(Slack, NamesOfFilesAreReadAsTheyAre) {
  EXPECT_EQ(slack_escaped("pendingAgencies07112025am_b.xlsx"), "pendingAgencies07112025am_b.xlsx");
}

TEST(Slack, AUrlThatCouldEndItsLinkIsNone) {
  auto told = item(bee_county());
  told.moa_url = "https://x/a|b><!channel>";
  const auto text = text_of(slack_payloads(telling(Message{{told}}))[0]);
  EXPECT_EQ(text.find('<'), std::string::npos);
}

TEST(Slack, ALongDigestIsSplitBetweenTheThingsTold) {
  Message message;
  for (int i = 0; i < 40; ++i) message.items.push_back(item(bee_county(), i));
  const auto payloads = slack_payloads(telling(message));
  ASSERT_EQ(payloads.size(), 3U);
  EXPECT_TRUE(text_of(payloads[0]).starts_with("(1/3) 40 changes: 40 new\\n\\n*New: "));
  EXPECT_TRUE(text_of(payloads[2]).starts_with("(3/3) *New: "));
}

RC_GTEST_PROP(Slack, SplittingLosesNothingAndKeepsTheLimit, ()) {
  const auto told = telling(*hostile_message());
  const auto payloads = slack_payloads(told);
  std::string all;
  for (const auto& payload : payloads) {
    RC_ASSERT(json_type(payload) == JsonType::object);
    const auto text = text_of(payload);
    // JSON's escapes only make it longer.
    RC_ASSERT(length(text) <= 3500U + 200U);
    all += text + "\\n";
  }
  std::size_t at = 0;
  for (const auto& part : told.parts) {
    std::vector<std::string> lines{"*" + slack_escaped(part.headline) + "*"};
    for (const auto& detail : part.details) lines.push_back(slack_escaped(detail));
    for (const auto& line : lines) {
      const auto quoted = json_string(line);
      const auto found = all.find(quoted.substr(1, quoted.size() - 2) + "\\n", at);
      RC_ASSERT(found != std::string::npos);
      at = found + 1;
    }
  }
}

RC_GTEST_PROP(Slack, WhatIsEscapedHasNoMarkupLeft, ()) {
  const auto escaped = slack_escaped(*hostile_text());
  RC_ASSERT(escaped.find_first_of("<>*~`") == std::string::npos);
  RC_ASSERT(escaped.find("@here") == std::string::npos);
  RC_ASSERT(escaped.find(":smile:") == std::string::npos);
}

}  // namespace
}  // namespace agreementd::alerts
