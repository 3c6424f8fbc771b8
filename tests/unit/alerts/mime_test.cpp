#include "alerts/mime.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "alerts/plain_text.h"
#include "model/base64.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

/// Each line of `text` without its CRLF; a lone CR or LF fails.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    const auto line = text.substr(0, end);
    EXPECT_EQ(line.find_first_of("\r\n"), std::string_view::npos);
    lines.emplace_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 2);
  }
  return lines;
}

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\r\n") {
      result += '\n';
      ++i;
    } else if (text.substr(i, 3) == "=\r\n") {
      i += 2;
    } else if (text[i] == '=') {
      result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

TEST(MailDate, IsThatOfRfc5322) {
  EXPECT_EQ(mail_date(*parse_instant("2025-03-18T21:00:05.9Z")), "Tue, 18 Mar 2025 21:00:05 +0000");
  EXPECT_EQ(mail_date(*parse_instant("2024-02-04T00:00:00Z")), "Sun, 4 Feb 2024 00:00:00 +0000");
}

TEST(TextHeader, ShortAsciiIsAsItIs) {
  EXPECT_EQ(text_header("Subject", "New: Bee County"), "Subject: New: Bee County\r\n");
}

TEST(TextHeader, AnythingElseIsEncodedAndFolded) {
  EXPECT_EQ(text_header("Subject", "A → B"), "Subject: =?UTF-8?B?QSDihpIgQg==?=\r\n");
  EXPECT_EQ(text_header("Subject", "=?x"), "Subject: =?UTF-8?B?PT94?=\r\n");
  EXPECT_EQ(text_header("Subject", std::string(80, 'a')),
            "Subject: =?UTF-8?B?" + base64(std::string(39, 'a')) + "?=\r\n =?UTF-8?B?" +
                base64(std::string(39, 'a')) + "?=\r\n =?UTF-8?B?" + base64("aa") + "?=\r\n");
}

TEST(QuotedPrintable, IsThatOfRfc2045) {
  EXPECT_EQ(quoted_printable("a=b\nc \n→\t"), "a=3Db\r\nc=20\r\n=E2=86=92=09");
  EXPECT_EQ(quoted_printable(std::string(77, 'a')), std::string(75, 'a') + "=\r\naa");
}

TEST(QuotedPrintable, NoLineBeginsWithAFullStop) {
  EXPECT_EQ(quoted_printable(".\n..a\n"), "=2E\r\n=2E.a\r\n");
  EXPECT_EQ(quoted_printable(std::string(75, 'a') + ".b"), std::string(75, 'a') + "=\r\n=2Eb");
}

TEST(HtmlEscaped, LeavesNoMarkup) {
  EXPECT_EQ(html_escaped("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}

RC_GTEST_PROP(QuotedPrintable, IsAsciiInShortLinesAndDecodesToTheSame, ()) {
  const auto text = *hostile_text() + "\n" + *hostile_text();
  const auto encoded = quoted_printable(text);
  for (const auto& line : lines_of(encoded)) {
    RC_ASSERT(line.size() <= 76U);
    RC_ASSERT(!line.starts_with('.'));
    for (const char c : line) RC_ASSERT(c >= ' ' && c <= '~');
  }
  RC_ASSERT(encoded.find("=_") == std::string::npos);
  RC_ASSERT(decoded(encoded) == text);
}

RC_GTEST_PROP(TextHeader, IsOneFieldInShortLinesWhateverTheText, ()) {
  const auto field = text_header("Subject", plain_text(*hostile_text()));
  RC_ASSERT(field.ends_with("\r\n"));
  const auto lines = lines_of(field);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    RC_ASSERT(lines[i].size() <= 76U);
    RC_ASSERT(lines[i].starts_with(i == 0 ? "Subject: " : " =?UTF-8?B?"));
    for (const char c : lines[i]) RC_ASSERT(c >= ' ' && c <= '~');
  }
}

}  // namespace
}  // namespace agreementd::alerts
