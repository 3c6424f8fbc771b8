#include "parsers/list.h"

#include <gtest/gtest.h>

#include "workbooks.h"

namespace agreementd::parsers {
namespace {

using namespace test;

const std::vector<std::string> header{
    "STATE",   "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA",
    "ADDENDUM"};
const std::vector<std::string> alder{
    "OHIO",   "Alder County Sheriff", "County", "Alder County", "Task Force Model",
    "=45833", "link pending",         ""};
const std::vector<std::string> pending_header{"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"};

std::string sheet_entry(int number, const std::string& name, const std::string& state = "visible") {
  const std::string n = std::to_string(number);
  return "<sheet name=\"" + name + "\" sheetId=\"" + n + "\" state=\"" + state + "\" r:id=\"s" + n +
         "\"/>";
}

/// A workbook of these sheets: (entry, grid).
std::string workbook_of_sheets(const std::vector<std::pair<std::string, Grid>>& sheets) {
  Parts parts = workbook_parts("");
  std::string entries;
  std::string relationships = "<Relationships>";
  int number = 0;
  for (const auto& [entry, grid] : sheets) {
    const std::string n = std::to_string(++number);
    entries += entry;
    relationships +=
        "<Relationship Id=\"s" + n + "\" Type=\"x/worksheet\" Target=\"s" + n + ".xml\"/>";
    parts["xl/s" + n + ".xml"] = worksheet_of(grid);
  }
  parts["xl/workbook.xml"] = "<workbook xmlns:r=\"r\"><sheets>" + entries + "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = relationships + "</Relationships>";
  return zip(parts);
}

TEST(ReadList, AListingHasEveryField) {
  const auto reading = read(workbook_of({header, alder}));
  EXPECT_EQ(reading.list, List::participating);
  EXPECT_EQ(reading.columns.size(), 8U);
  EXPECT_TRUE(reading.oddities.empty());
  Listing expected;
  expected.row = 2;
  expected.state = "OH";
  expected.agency = "Alder County Sheriff";
  expected.agency_type = "County";
  expected.county = "Alder County";
  expected.model = "TFM";
  expected.signed_on = parse_date("2025-06-25");
  expected.moa_status = MoaStatus::pending;
  expected.state_text = "OHIO";
  expected.model_text = "Task Force Model";
  expected.signed_text = "2025-06-25";
  EXPECT_EQ(reading.listings, std::vector<Listing>{expected});
}

TEST(ReadList, TheColumnsDecideWhichListItIs) {
  EXPECT_EQ(read(workbook_of({header, alder})).list, List::participating);
  EXPECT_EQ(read(workbook_of({pending_header, {"OHIO", "Alder", "JEM"}})).list, List::pending);
  const auto reading = read_list(workbook_of({header, alder}), "pendingAgencies09222025am.xlsx");
  EXPECT_EQ(reading->list, List::participating) << "whatever its name says";
}

TEST(ReadList, AMoaColumnWithoutSignedIsThePendingListAndOdd) {
  const auto reading = read(workbook_of({{"STATE", "AGENCY", "MODEL", "MOA"}}));
  EXPECT_EQ(reading.list, List::pending);
  EXPECT_EQ(reading.oddities.back(), "a MOA column, but no SIGNED: read as the pending list");
}

TEST(ReadList, ColumnsAreFoundInAnyOrderWithUnknownOnesBetween) {
  const auto reading = read(
      workbook_of({{"Signed ", "", "Notes", "support type", "state:", "Law Enforcement\nAgency"},
                   {"6/12/25", "", "new", "WSO", "Utah", "Alder Police"}}));
  ASSERT_EQ(reading.listings.size(), 1U);
  EXPECT_EQ(reading.listings[0].state, "UT");
  EXPECT_EQ(reading.listings[0].agency, "Alder Police");
  EXPECT_EQ(to_string(*reading.listings[0].signed_on), "2025-06-12");
}

TEST(ReadList, AMisspelledHeaderIsReadAndNoted) {
  const auto reading = read(workbook_of({{"STATE", "LAW ENFORCMENT AGENCY", "SUPORT TYPE"}}));
  EXPECT_EQ(reading.oddities.size(), 2U);
  EXPECT_EQ(reading.oddities[0], "column \"LAW ENFORCMENT AGENCY\" read as LAW ENFORCEMENT AGENCY");
}

TEST(ReadList, ASecondColumnOfTheSameNameIsNotedAndNotRead) {
  const auto reading = read(workbook_of(
      {{"STATE", "AGENCY", "MODEL", "STATE"}, {"OHIO", "Alder Police", "JEM", "UTAH"}}));
  EXPECT_EQ(reading.listings.at(0).state, "OH");
}

TEST(ReadList, AnEmptyListWithItsColumnsHasNoListings) {
  const auto reading = read(workbook_of({pending_header}));
  EXPECT_EQ(reading.list, List::pending);
  EXPECT_TRUE(reading.listings.empty());
  EXPECT_NE(reading.content, read(workbook_of({header})).content);
}

TEST(ReadList, EveryNonBlankRowIsAListingReadableOrNot) {
  const auto reading = read(workbook_of({pending_header,
                                         {"", "Alder Police", "JEM"},
                                         {"", "", ""},
                                         {"OHIO", " ", "JEM"},
                                         {"OHIO", "Birch Police", "#N/A"},
                                         {"OHIO", "Cedar Police", "Community Model"},
                                         {"Atlantis", "Dogwood Police", "WSO"}}));
  ASSERT_EQ(reading.listings.size(), 5U);
  for (const auto& listing : reading.listings) {
    EXPECT_FALSE(listing.readable);
    EXPECT_EQ(listing.oddities.size(), 1U);
  }
  EXPECT_EQ(reading.listings[0].oddities[0], "no state");
  EXPECT_EQ(reading.listings[1].oddities[0], "no agency");
  EXPECT_EQ(reading.listings[2].oddities[0], "no model");
  EXPECT_EQ(reading.listings[3].model, "Community Model") << "kept as printed";
  EXPECT_EQ(reading.listings[3].oddities[0], "model \"Community Model\" is not known");
  EXPECT_EQ(reading.listings[4].state, "Atlantis");
}

TEST(ReadList, WhatWasOddIsNotedInWords) {
  auto row = alder;
  row[0] = "PENNSLYVANIA";
  row[2] = "Muncipality ";
  row[5] = "05/082025";
  const auto listing = read(workbook_of({header, row})).listings.at(0);
  EXPECT_TRUE(listing.readable);
  EXPECT_EQ(listing.oddities,
            (std::vector<std::string>{"state \"PENNSLYVANIA\" read as PA",
                                      "agency type \"Muncipality\" read as Municipality",
                                      "signed \"05/082025\" read as 2025-05-08"}));
  EXPECT_EQ(listing.state_text, "PENNSLYVANIA");
  EXPECT_EQ(listing.signed_text, "05/082025");
}

TEST(ReadList, AMissingSigningDateIsNoted) {
  auto row = alder;
  row[5] = "";
  EXPECT_EQ(read(workbook_of({header, row})).listings.at(0).oddities,
            std::vector<std::string>{"no signing date"});
}

TEST(ReadList, AnUnknownAgencyTypeIsKeptAsPrinted) {
  auto row = alder;
  row[2] = "Railroad";
  const auto listing = read(workbook_of({header, row})).listings.at(0);
  EXPECT_EQ(listing.agency_type, "Railroad");
  EXPECT_TRUE(listing.readable);
}

TEST(ReadList, ARepeatedHeaderIsNoListing) {
  const auto reading = read(workbook_of({header, alder, header, alder}));
  EXPECT_EQ(reading.listings.size(), 2U);
  EXPECT_EQ(reading.oddities, std::vector<std::string>{"row 3 repeats the header"});
}

TEST(ReadList, TheSheetWithTheColumnsIsTheList) {
  const auto reading = read(workbook_of_sheets(
      {{sheet_entry(1, "Notes"), {{"read me"}}}, {sheet_entry(2, "List"), {header, alder}}}));
  EXPECT_EQ(reading.listings.size(), 1U);
  EXPECT_TRUE(reading.oddities.empty());
}

TEST(ReadList, OfTwoSheetsWithTheColumnsTheFirstShownIsTheList) {
  auto birch = alder;
  birch[1] = "Birch County Sheriff";
  const auto reading = read(workbook_of_sheets({{sheet_entry(1, "Old", "hidden"), {header, alder}},
                                                {sheet_entry(2, "Empty"), {header}},
                                                {sheet_entry(3, "List"), {header, birch}}}));
  ASSERT_EQ(reading.listings.size(), 1U);
  EXPECT_EQ(reading.listings[0].agency, "Birch County Sheriff");
  EXPECT_EQ(reading.oddities,
            (std::vector<std::string>{
                "another participating list of 1 rows is not read (sheet \"Old\")",
                "another participating list of 0 rows is not read (sheet \"Empty\")"}));
}

TEST(ReadList, NoFieldShowsASafelink) {
  auto row = alder;
  row[3] =
      "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2F&data=staff";
  EXPECT_EQ(read(workbook_of({header, row})).listings.at(0).county, "https://www.ice.gov/");
}

}  // namespace
}  // namespace agreementd::parsers
