#include "parsers/page.h"

#include <gtest/gtest.h>

#include "workbooks.h"

namespace agreementd::parsers {
namespace {

using namespace test;

TEST(Page, AListInTwoTablesIsOneList) {
  const auto reading = read(data_file("page_in_two_tables.html"));
  EXPECT_EQ(reading.list, List::participating);
  ASSERT_EQ(reading.listings.size(), 3U);
  EXPECT_EQ(reading.listings[2].agency, "Cedar County Sheriff");
  EXPECT_EQ(reading.oddities, std::vector<std::string>{"printed in 2 tables, read as one"});
  EXPECT_FALSE(reading.saved_at);
}

TEST(Page, TextsInParagraphsAndLinesAreParted) {
  const auto listings = read(data_file("page_in_two_tables.html")).listings;
  EXPECT_EQ(listings.at(0).agency, "Alder County Sheriff\xE2\x80\x99s Office");
  EXPECT_EQ(listings.at(1).agency, "Birch Police Department") << "and no closing tags";
  EXPECT_EQ(listings.at(1).moa_status, MoaStatus::pending);
}

TEST(Page, LinksFromTheRootAreOfIce) {
  EXPECT_EQ(read(data_file("page_in_two_tables.html")).listings.at(0).moa_url,
            "https://www.ice.gov/doclib/287gMOA/alder%201.pdf");
}

TEST(Page, TwoLinksInACellAreTheMoaAndItsAddendum) {
  const auto listing = read(data_file("page_in_two_tables.html")).listings.at(2);
  EXPECT_EQ(listing.moa_url, "https://www.ice.gov/doclib/287gMOA/cedar.pdf");
  EXPECT_EQ(listing.addendum_url, "https://www.ice.gov/doclib/287gMOA/cedar_addendum.pdf");
}

TEST(Page, ATableInsideALayoutTableIsFoundAndSpansAreFollowed) {
  const auto reading = read(data_file("page_inside_a_layout_table.html"));
  ASSERT_EQ(reading.listings.size(), 2U);
  EXPECT_EQ(reading.listings[0].agency, "Alder County Sheriff");
  EXPECT_EQ(reading.listings[1].state, "OH") << "rowspan";
  EXPECT_EQ(reading.listings[1].agency, "Birch County Sheriff");
  EXPECT_EQ(reading.listings[1].moa_status, MoaStatus::posted);
}

TEST(Page, ABlockPageUnderAWorkbooksNameIsToldSo) {
  EXPECT_EQ(
      error_of(data_file("block_page.html")),
      "cannot read list.xlsx: HTML page under a workbook's name, without a table of the list's "
      "columns; download it again");
  EXPECT_EQ(
      read_list(data_file("block_page.html"), "287g.html").error(),
      "cannot read 287g.html: HTML page without a table of the list's columns; check that it is "
      "one of ICE's lists");
}

TEST(Page, TheSameRowsOnAPageAndInAWorkbookHaveTheSameContent) {
  const Grid grid{{"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"},
                  {"OHIO", "Alder County Sheriff", "Task Force Model"}};
  EXPECT_EQ(read(page_of(grid)).content, read(workbook_of(grid)).content);
}

TEST(Page, DeeplyNestedMarkupNeitherCrashesNorHangs) {
  std::string html;
  for (int i = 0; i < 10'000; ++i) html += "<div>";
  EXPECT_NE(error_of(html).find("without a table"), std::string::npos);
  for (int i = 0; i < 200'000; ++i) html += "<div>";
  EXPECT_NE(error_of(html).find("too deeply tangled"), std::string::npos);
}

TEST(Page, AFloodOfFormattingIsRefused) {
  // Every paragraph opens all the formatting before it anew: the tree grows with the square.
  std::string html = "<p>";
  for (int i = 0; i < 3'000; ++i) html += "<b id=" + std::to_string(i) + ">";
  for (int i = 0; i < 3'000; ++i) html += "<p>x";
  EXPECT_EQ(
      error_of(html),
      "cannot read list.xlsx: page too large or too deeply tangled to read; check where it came "
      "from");
}

TEST(Page, SpansBeyondReasonAreRefused) {
  std::string html = "<table>";
  for (int i = 0; i < 40; ++i) html += "<td rowspan=65534 colspan=1000>x";
  for (int i = 0; i < 60'000; ++i) html += "<tr><td>y";
  EXPECT_NE(error_of(html).find("under spans"), std::string::npos) << error_of(html);
}

}  // namespace
}  // namespace agreementd::parsers
