#include "parsers/source_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/answer.h"
#include "workbooks.h"

namespace agreementd::parsers {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

ListLink workbook(const std::string& href) { return {href, true, true}; }

TEST(SourcePage, ListsAreFoundByHrefOrText) {
  const auto page = read_source_page(data_file("source_page.html"));
  EXPECT_EQ(page.base, "");
  EXPECT_THAT(page.links,
              ElementsAre(workbook("https://www.ice.gov/doclib/about/offices/ero/287g/"
                                   "participatingAgencies07112025am.xlsx"),
                          workbook("/doclib/about/offices/ero/287g/PENDINGAGENCIES07112025AM.XLSX"),
                          workbook("/file-download/download/public/4711"),
                          ListLink{"/identify-and-arrest/287g/pending-agencies", true, false},
                          ListLink{"statistics/arrests.xlsx?v=2", false, true},
                          workbook("https://www.ice.gov/doclib/pending%20Agencies%20b.xlsx")));
}

TEST(SourcePage, TheBaseOfItsLinksIsTold) {
  EXPECT_EQ(read_source_page("<head><base href=' https://www.ice.gov/sub/ '></head>").base,
            "https://www.ice.gov/sub/");
}

TEST(SourcePage, APageOfNothingButLinksIsCutOff) {
  std::string html;
  for (int i = 0; i < 1000; ++i) html += "<a href=\"/" + std::to_string(i) + ".xlsx\">list</a>";
  const auto links = read_source_page(html + "<a href=\"/pendingAgencies.xlsx\">list</a>").links;
  EXPECT_EQ(links.size(), 32U);
  EXPECT_EQ(links.front().href, "/pendingAgencies.xlsx") << "what speaks of the lists comes first";
}

TEST(SourcePage, APageTooTangledToReadLinksNothing) {
  std::string html;
  for (int i = 0; i < 40'000; ++i) html += "<div>";
  EXPECT_TRUE(read_source_page(html + "<a href='/list.xlsx'>list</a>").links.empty());
}

TEST(Barrier, KnownMarksAreNamed) {
  EXPECT_EQ(
      barrier_in("<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD> https://errors.edgesuite.net/1"),
      "a CDN's \"Access Denied\" (Akamai)");
  EXPECT_EQ(barrier_in("<title>Just a moment...</title>"), "a challenge (Cloudflare)");
  EXPECT_EQ(barrier_in(data_file("source_page.html")), "");
}

TEST(Answer, AListIsAListWhereverItComesFrom) {
  for (const auto due : {Due::page, Due::workbook, Due::either}) {
    const auto roster = read_answer(data_file("page_in_two_tables.html"), "287g", due);
    EXPECT_EQ(roster.outcome, Outcome::ok);
    ASSERT_TRUE(roster.reading);
    EXPECT_EQ(roster.reading->listings.size(), 3U);
  }
}

TEST(Answer, APageIsItsLinks) {
  const auto page = read_answer(data_file("source_page.html"), "287g", Due::page);
  EXPECT_EQ(page.outcome, Outcome::ok);
  EXPECT_FALSE(page.reading);
  EXPECT_EQ(page.page.links.size(), 6U);
}

TEST(Answer, HtmlWhereAWorkbookWasDueIsABarrier) {
  const auto marked = read_answer(data_file("block_page.html"), "a.xlsx", Due::workbook);
  EXPECT_EQ(marked.outcome, Outcome::blocked);
  const auto page = read_answer(data_file("source_page.html"), "a.xlsx", Due::workbook);
  EXPECT_EQ(page.outcome, Outcome::blocked);
  EXPECT_THAT(page.detail, HasSubstr("cannot read a.xlsx: HTML where a workbook was due"));
  EXPECT_EQ(read_answer(data_file("source_page.html"), "a", Due::either).outcome, Outcome::ok);
}

TEST(Answer, APageThatAsksWhetherWeArePersonsIsABarrier) {
  const auto page = read_answer("<html><title>Just a moment...</title>", "287g", Due::page);
  EXPECT_EQ(page.outcome, Outcome::blocked);
  EXPECT_THAT(page.detail, HasSubstr("Cloudflare"));
}

TEST(Answer, APageWithoutListsSaysSo) {
  const auto page = read_answer("<html><a href='/about'>About us</a>", "287g", Due::page);
  EXPECT_EQ(page.outcome, Outcome::link_missing);
  EXPECT_THAT(page.detail, HasSubstr("links no list"));
}

TEST(Answer, DamageIsToldByItsKind) {
  const auto outcome_of = [](std::string_view bytes) {
    return read_answer(bytes, "a.xlsx", Due::workbook).outcome;
  };
  EXPECT_EQ(outcome_of(""), Outcome::empty);
  EXPECT_EQ(outcome_of("PK\x03\x04 and no more"), Outcome::truncated);
  EXPECT_EQ(outcome_of("%PDF-1.7"), Outcome::wrong_type);
  EXPECT_EQ(outcome_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old workbook"), Outcome::unreadable);
}

}  // namespace
}  // namespace agreementd::parsers
