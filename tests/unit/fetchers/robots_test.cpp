#include "fetchers/robots.h"

#include <chrono>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace agreementd::fetchers {
namespace {

bool allowed(const std::string& text, std::string_view target) {
  return Robots::parse(text, "agreementd").allow(target);
}

/// Of a file with these lines for everyone.
bool allowed_by(const std::string& rules, std::string_view target) {
  return allowed("User-agent: *\n" + rules, target);
}

TEST(Robots, WithoutRulesEverythingIsAllowed) {
  for (const char* text :
       {"", "\n", "User-agent: *\n", "User-agent: *\nDisallow:\n", "<html>not found</html>",
        "Disallow: /\n", "User-agent: *\nDisallow /\n"})
    EXPECT_TRUE(allowed(text, "/a")) << text;
}

TEST(Robots, ARuleForbidsWhatBeginsWithIt) {
  EXPECT_FALSE(allowed_by("Disallow: /doclib", "/doclib/a.xlsx"));
  EXPECT_FALSE(allowed_by("Disallow: /doclib", "/doclibrary"));
  EXPECT_TRUE(allowed_by("Disallow: /doclib", "/doc"));
  EXPECT_TRUE(allowed_by("Disallow: /doclib", "/DOCLIB/a.xlsx"));
  EXPECT_FALSE(allowed_by("Disallow: /", "/"));
  EXPECT_FALSE(allowed_by("Disallow: /*?page=", "/287g?page=2"));
}

TEST(Robots, TheLongestRuleDecidesAndAllowAmongEquals) {
  EXPECT_TRUE(allowed_by("Disallow: /\nAllow: /287g\n", "/287g"));
  EXPECT_TRUE(allowed_by("Allow: /287g\nDisallow: /\n", "/287g"));
  EXPECT_FALSE(allowed_by("Allow: /287g\nDisallow: /287g/old\n", "/287g/old/a"));
  EXPECT_TRUE(allowed_by("Disallow: /287g\nAllow: /287g\n", "/287g"));
  EXPECT_TRUE(allowed_by("Allow: /287g\nDisallow: /287g\n", "/287g"));
  EXPECT_TRUE(allowed_by("Allow: /page\nDisallow: /*.html\n", "/page"));
  EXPECT_FALSE(allowed_by("Allow: /page\nDisallow: /*.html\n", "/page.html"));
}

TEST(Robots, AStarIsAnyTextAndADollarTheEnd) {
  EXPECT_FALSE(allowed_by("Disallow: /*.xlsx$", "/doclib/a.xlsx"));
  EXPECT_TRUE(allowed_by("Disallow: /*.xlsx$", "/doclib/a.xlsx?download"));
  EXPECT_FALSE(allowed_by("Disallow: /a*b*c", "/a-b-b-c-d"));
  EXPECT_TRUE(allowed_by("Disallow: /a*b*c", "/a-c-b"));
  EXPECT_FALSE(allowed_by("Disallow: /a$", "/a"));
  EXPECT_TRUE(allowed_by("Disallow: /a$", "/ab"));
  EXPECT_FALSE(allowed_by("Disallow: /*a$", "/aaa"));
  EXPECT_FALSE(allowed_by("Disallow: /a$b", "/a$b"));
  EXPECT_FALSE(allowed_by("Disallow: *private", "/x/private"));
  EXPECT_FALSE(allowed_by("Disallow: /a*$", "/a/b"));
  EXPECT_TRUE(allowed_by("Disallow: /ab*ba$", "/aba"));
}

TEST(Robots, PercentEncodingIsNormalised) {
  // the examples of RFC 9309, 2.2.2
  EXPECT_FALSE(allowed_by("Disallow: /foo/bar?baz=quz", "/foo/bar?baz=quz"));
  EXPECT_FALSE(
      allowed_by("Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar"));
  EXPECT_FALSE(allowed_by("Disallow: /foo/bar/\xE3\x83\x84", "/foo/bar/%E3%83%84"));
  EXPECT_FALSE(allowed_by("Disallow: /foo/bar/%e3%83%84", "/foo/bar/%E3%83%84"));
  EXPECT_FALSE(allowed_by("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz"));
  EXPECT_FALSE(allowed_by("Disallow: /foo/bar/baz", "/foo/bar/%62%61%7A"));
  // what is reserved is another character when encoded
  EXPECT_TRUE(allowed_by("Disallow: /a%2Fb", "/a/b"));
  EXPECT_FALSE(allowed_by("Disallow: /a%2fb", "/a%2Fb"));
  // 2.2.3: the characters that are special in a rule
  EXPECT_FALSE(allowed_by("Disallow: /a-%2A.html", "/a-*.html"));
  EXPECT_TRUE(allowed_by("Disallow: /a-%2A.html", "/a-b.html"));
  EXPECT_FALSE(allowed_by("Disallow: /a-%24", "/a-$"));
  EXPECT_FALSE(allowed_by("Disallow: /100%", "/100%25"));
}

TEST(Robots, OurOwnGroupComesBeforeEveryones) {
  const std::string text =
      "User-agent: *\nDisallow: /\n\nUser-agent: agreementd\nDisallow: /private\n";
  EXPECT_TRUE(allowed(text, "/287g"));
  EXPECT_FALSE(allowed(text, "/private"));
  EXPECT_FALSE(Robots::parse(text, "other").allow("/287g"));
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /\nUser-agent: AgreementD/2.0\nDisallow:\n", "/"));
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /\nUser-agent: agreementd-news\nAllow: /\n", "/"));
}

TEST(Robots, SeveralGroupsOfOneAgentAreOne) {
  const std::string text =
      "User-agent: agreementd\nDisallow: /a\nUser-agent: other\nDisallow: /b\n"
      "User-agent: agreementd\nDisallow: /c\n";
  EXPECT_FALSE(allowed(text, "/a"));
  EXPECT_TRUE(allowed(text, "/b"));
  EXPECT_FALSE(allowed(text, "/c"));
}

TEST(Robots, AGroupMayNameSeveralAgents) {
  const std::string text =
      "User-agent: other\nCrawl-delay: 10\nUser-agent: agreementd\nSitemap: https://x/s.xml\n"
      "Disallow: /a\nSitemap: https://x/t.xml\nDisallow: /b\nUser-agent: third\nDisallow: /c\n";
  EXPECT_FALSE(allowed(text, "/a"));
  EXPECT_FALSE(allowed(text, "/b"));
  EXPECT_TRUE(allowed(text, "/c"));
  EXPECT_FALSE(Robots::parse(text, "other").allow("/a"));
}

TEST(Robots, LineEndsCommentsByteOrderMarkAndCaseDoNotMatter) {
  EXPECT_FALSE(allowed("\xEF\xBB\xBFuser-AGENT:*\r\ndisallow : /a # all of it\r\n", "/a"));
  EXPECT_FALSE(allowed("User-agent: *\rDisallow: /a\r", "/a"));
  EXPECT_TRUE(allowed("User-agent: *\n#Disallow: /a\n", "/a"));
  EXPECT_FALSE(allowed("User-agent: * # everyone\nDisallow: \t/a", "/a"));
}

TEST(Robots, RobotsTxtItselfIsAlwaysAllowed) {
  EXPECT_TRUE(allowed_by("Disallow: /", "/robots.txt"));
  EXPECT_FALSE(allowed_by("Disallow: /", "/robots.txt2"));
}

TEST(Robots, WhatComesAfter500KiBIsNotRead) {
  const std::string filler(largest_robots - 40, '#');
  EXPECT_FALSE(allowed("User-agent: *\n" + filler + "\nDisallow: /a\n", "/a"));
  EXPECT_TRUE(
      allowed("User-agent: *\n" + filler + std::string(100, '#') + "\nDisallow: /a\n", "/a"));
}

TEST(Robots, TheProductIsTheNameBeforeTheVersion) {
  EXPECT_EQ(product_of("agreementd/0.1 (+mailto:someone@example.org)"), "agreementd");
  EXPECT_EQ(product_of("Agreement_D-x 2"), "Agreement_D-x");
  EXPECT_EQ(product_of(""), "");
}

TEST(Robots, ManyWildcardsTakeNoLongerThanTheyAreLong) {
  std::string rule = "Disallow: /";
  for (int i = 0; i < 5'000; ++i) rule += "*a";
  const auto started = std::chrono::steady_clock::now();
  EXPECT_TRUE(allowed_by(rule + "b$", "/" + std::string(4'000, 'a')));
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(2));
}

RC_GTEST_PROP(Robots, WhateverStandsBeforeOurGroupItCounts,
              (const std::string& text, const std::string& path)) {
  const std::string target = "/" + path;
  RC_ASSERT(!allowed(text + "\nUser-agent: agreementd\nDisallow: /\n", target) ||
            target == "/robots.txt");
}

RC_GTEST_PROP(Robots, APathForbidsItselfAndWhatBeginsWithIt,
              (const std::string& path, const std::string& rest)) {
  const auto plain = [](std::string text) {
    for (char& c : text)
      if (c == '*' || c == '$' || c == '#' || c == '\n' || c == '\r' || c == ' ' || c == '\t' ||
          c == '%')
        c = 'x';
    return text;
  };
  const std::string rule = "/" + plain(path);
  RC_ASSERT(
      !Robots::parse("User-agent: *\nDisallow: " + rule, "agreementd").allow(rule + plain(rest)) ||
      rule + plain(rest) == "/robots.txt");
}

}  // namespace
}  // namespace agreementd::fetchers
