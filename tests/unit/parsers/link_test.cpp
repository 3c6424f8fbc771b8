#include "parsers/link.h"

#include <gtest/gtest.h>

#include "parsers/formula.h"

namespace agreementd::parsers {
namespace {

constexpr const char* alder = "https://www.ice.gov/doclib/287gMOA/alder.pdf";

std::string unwrapped(std::string_view link) { return unwrap_link(link).value_or("none"); }

TEST(UnwrapLink, APlainAddressStays) {
  EXPECT_EQ(unwrapped(alder), alder);
  EXPECT_EQ(unwrapped("http://www.ice.gov/a.pdf#page=2"), "http://www.ice.gov/a.pdf#page=2");
  EXPECT_EQ(unwrapped("  HTTPS://WWW.ICE.GOV/A.PDF\n"), "https://www.ice.gov/A.PDF");
}

TEST(UnwrapLink, SafelinksAreUnwrappedAndDecodedOnce) {
  EXPECT_EQ(
      unwrapped("https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov"
                "%2Fdoclib%2F287gMOA%2Falder.pdf&data=05%7C02%7Cstaff%40example.org&reserved=0"),
      alder);
  EXPECT_EQ(unwrapped("https://x.safelinks.protection.outlook.com/f/a/b?data=1&URL=https%3A%2F%2F"
                      "www.ice.gov%2Fa%2520b.pdf"),
            "https://www.ice.gov/a%20b.pdf");
}

TEST(UnwrapLink, SafelinksInSafelinksAreUnwrapped) {
  EXPECT_EQ(
      unwrapped("https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Fb.safelinks."
                "protection.outlook.com%2F%3Furl%3Dhttps%253A%252F%252Fwww.ice.gov%252Fa.pdf"),
      "https://www.ice.gov/a.pdf");
}

TEST(UnwrapLink, ASafelinkAroundNothingIsNone) {
  EXPECT_EQ(unwrapped("https://gcc02.safelinks.protection.outlook.com/?data=staff%40example.org"),
            "none");
  EXPECT_EQ(unwrapped("https://gcc02.safelinks.protection.outlook.com/?url="), "none");
}

TEST(UnwrapLink, ArchivePrefixesAreTakenOff) {
  EXPECT_EQ(unwrapped("https://web.archive.org/web/20250224192655/" + std::string(alder)), alder);
  EXPECT_EQ(unwrapped("http://web.archive.org/web/2025id_/" + std::string(alder)), alder);
  EXPECT_EQ(unwrapped("/web/20250224192655/" + std::string(alder)), alder);
  EXPECT_EQ(unwrapped("https://web.archive.org/web/2025/https%3A%2F%2Fwww.ice.gov%2Fa.pdf"),
            "https://www.ice.gov/a.pdf");
}

TEST(UnwrapLink, AnExtensionPrefixIsTakenOffAndTheSecondSlashPutIn) {
  EXPECT_EQ(unwrapped("chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/https:/www.ice.gov/"
                      "doclib/287gMOA/alder.pdf"),
            alder);
  EXPECT_EQ(unwrapped("chrome-extension://abc/" + std::string(alder)), alder);
  EXPECT_EQ(unwrapped("https:/www.ice.gov/a.pdf"), "https://www.ice.gov/a.pdf");
}

TEST(UnwrapLink, OneAddressHasOneEncoding) {
  EXPECT_EQ(unwrapped("https://www.ice.gov/a b.pdf"), "https://www.ice.gov/a%20b.pdf");
  EXPECT_EQ(unwrapped("https://www.ice.gov/a%20b.pdf"), "https://www.ice.gov/a%20b.pdf");
  EXPECT_EQ(unwrapped("https://www.ice.gov/%61%2fb.pdf"), "https://www.ice.gov/a%2Fb.pdf");
  EXPECT_EQ(unwrapped("https://www.ice.gov/100%.pdf"), "https://www.ice.gov/100%25.pdf");
  EXPECT_EQ(unwrapped("https://www.ice.gov/\"><script>"), "https://www.ice.gov/%22%3E%3Cscript%3E");
}

TEST(UnwrapLink, APathAloneIsOfIce) {
  EXPECT_EQ(unwrapped("/doclib/287gMOA/alder.pdf"), alder);
  EXPECT_EQ(unwrapped("//www.ice.gov/doclib/287gMOA/alder.pdf"), alder);
  EXPECT_EQ(unwrapped("www.ice.gov/doclib/287gMOA/alder.pdf"), alder);
}

TEST(UnwrapLink, WhatIsNoWebAddressIsNone) {
  for (const char* link : {"mailto:staff@example.org", "javascript:alert(1)", "#Sheet2!A1",
                           "file:///C:/alder.pdf", "alder.pdf", "https://", "", "link",
                           "https://staff@example.org/a.pdf", "ftp://www.ice.gov/a.pdf"})
    EXPECT_EQ(unwrapped(link), "none") << link;
}

TEST(WithoutSafelinks, NoTextShowsOne) {
  EXPECT_EQ(
      without_safelinks("see https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2F"
                        "www.ice.gov%2Fa.pdf&data=staff%40example.org for more"),
      "see https://www.ice.gov/a.pdf for more");
  EXPECT_EQ(without_safelinks("gcc02.SafeLinks.protection.outlook.com/?data=staff"), "(link)");
  EXPECT_EQ(without_safelinks("Alder County"), "Alder County");
}

TEST(HyperlinkOfFormula, TheTargetWrittenOut) {
  EXPECT_EQ(hyperlink_of_formula("HYPERLINK(\"https://www.ice.gov/a.pdf\",\"link\")"),
            "https://www.ice.gov/a.pdf");
  EXPECT_EQ(hyperlink_of_formula("=hyperlink( \"https://x/a\"\"b.pdf\" )"), "https://x/a\"b.pdf");
  EXPECT_FALSE(hyperlink_of_formula("HYPERLINK(\"https://x/\"&A2,\"link\")"));
  EXPECT_FALSE(hyperlink_of_formula("HYPERLINK(A2)"));
  EXPECT_FALSE(hyperlink_of_formula("SUM(A1:A9)"));
  EXPECT_FALSE(hyperlink_of_formula("HYPERLINK(\"https://x"));
}

}  // namespace
}  // namespace agreementd::parsers
