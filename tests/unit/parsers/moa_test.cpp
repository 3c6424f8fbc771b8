#include "parsers/moa.h"

#include <gtest/gtest.h>

namespace agreementd::parsers {
namespace {

constexpr const char* alder = "https://www.ice.gov/doclib/287gMOA/alder.pdf";
constexpr const char* addendum = "https://www.ice.gov/doclib/287gMOA/alder_addendum.pdf";

Linked moa(const std::string& text, const std::vector<Link>& links = {}) {
  Cell cell;
  cell.text = text;
  cell.links = links;
  return read_moa(&cell);
}

TEST(Moa, ALinkIsPosted) {
  const auto read = moa("link ", {{"", alder}});
  EXPECT_EQ(read.status, MoaStatus::posted);
  EXPECT_EQ(read.url, alder);
  EXPECT_EQ(read.printed, alder) << "the text of a link does not count";
  EXPECT_TRUE(read.oddities.empty());
}

TEST(Moa, ABareAddressIsPosted) {
  EXPECT_EQ(moa(alder).url, alder);
  EXPECT_EQ(moa("https:/www.ice.gov/doclib/287gMOA/alder.pdf").url, alder);
  EXPECT_EQ(moa(alder).status, MoaStatus::posted);
}

TEST(Moa, LinkPendingIsPending) {
  for (const char* text : {"link pending", "Link  Pending ", "link\xC2\xA0pending", "pending"}) {
    EXPECT_EQ(moa(text).status, MoaStatus::pending) << text;
    EXPECT_EQ(moa(text).url, "");
  }
  EXPECT_EQ(moa("Link  Pending ").printed, "Link Pending");
}

TEST(Moa, ABlankCellHasNone) {
  EXPECT_EQ(read_moa(nullptr).status, MoaStatus::none);
  EXPECT_EQ(moa("\xC2\xA0").status, MoaStatus::none);
  EXPECT_EQ(moa("#N/A").status, MoaStatus::none);
}

TEST(Moa, AStrayWordIsUnreadable) {
  const auto read = moa("see file");
  EXPECT_EQ(read.status, MoaStatus::unreadable);
  EXPECT_EQ(read.oddities,
            std::vector<std::string>{"MOA \"see file\" is neither a link nor pending"});
}

TEST(Moa, LinkAndAddendumWithoutAnyLinkArePostedWithoutAddress) {
  for (const char* text : {"link\xC2\xA0|\xC2\xA0"
                           "addendum",
                           "link"}) {
    const auto read = moa(text);
    EXPECT_EQ(read.status, MoaStatus::posted);
    EXPECT_EQ(read.url, "");
    EXPECT_EQ(read.oddities.size(), 1U);
  }
  EXPECT_EQ(moa("link\xC2\xA0|\xC2\xA0"
                "addendum")
                .printed,
            "link | addendum");
}

TEST(Moa, LinkAndAddendumWithTwoLinksGiveBoth) {
  const auto read = moa("link | addendum", {{"link", alder}, {"addendum", addendum}});
  EXPECT_EQ(read.url, alder);
  EXPECT_EQ(read.addendum, addendum);
  EXPECT_EQ(read.printed, std::string(alder) + " " + addendum);
  const auto turned = moa("addendum | link", {{"Addendum", addendum}, {"link", alder}});
  EXPECT_EQ(turned.url, alder);
  EXPECT_EQ(turned.addendum, addendum);
  EXPECT_EQ(moa(std::string(alder) + " | " + addendum).addendum, addendum);
}

TEST(Moa, AWrappedLinkIsNeverShown) {
  const std::string wrapped =
      "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2F"
      "287gMOA%2Falder.pdf&data=staff%40example.org";
  EXPECT_EQ(moa("link", {{"", wrapped}}).url, alder);
  EXPECT_EQ(moa(wrapped).url, alder);
  EXPECT_EQ(moa(wrapped).printed, alder);
  const std::string hopeless = "https://gcc02.safelinks.protection.outlook.com/?data=staff%40x.org";
  for (const auto& read : {moa("link", {{"", hopeless}}), moa(hopeless)}) {
    EXPECT_EQ(read.status, MoaStatus::unreadable);
    EXPECT_EQ(read.url, "");
    for (const auto& shown : {read.printed, read.oddities.at(0)})
      EXPECT_EQ(shown.find("safelinks"), std::string::npos) << shown;
  }
}

TEST(Moa, ALinkThatIsNoWebAddressIsUnreadable) {
  EXPECT_EQ(moa("link", {{"", "javascript:alert(1)"}}).status, MoaStatus::unreadable);
  EXPECT_EQ(moa("link", {{"", "mailto:staff@example.org"}}).url, "");
}

TEST(Moa, PendingWithALinkIsPostedAndOdd) {
  const auto read = moa("link pending", {{"", alder}});
  EXPECT_EQ(read.status, MoaStatus::posted);
  EXPECT_EQ(read.oddities.size(), 1U);
}

TEST(Addendum, ALinkIsRead) {
  Cell cell;
  cell.text = "link";
  cell.links = {{"", addendum}};
  EXPECT_EQ(read_addendum(&cell).url, addendum);
  EXPECT_EQ(read_addendum(nullptr).url, "");
}

}  // namespace
}  // namespace agreementd::parsers
