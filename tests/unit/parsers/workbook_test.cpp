#include "parsers/workbook.h"

#include <gtest/gtest.h>

#include "parsers/cell_range.h"
#include "parsers/package.h"
#include "parsers/strings.h"
#include "workbooks.h"

namespace agreementd::parsers {
namespace {

using namespace test;

Table sheet_of(const Parts& parts) {
  const std::string bytes = zip(parts);
  auto workbook = read_workbook(bytes, {});
  return workbook.sheets.empty() ? Table{} : std::move(workbook.sheets.front());
}

std::string text_at(const Table& table, std::size_t row, int column) {
  const Cell* cell = row < table.rows.size() ? table.rows[row].at(column) : nullptr;
  return cell ? cell->text : "";
}

TEST(Workbook, SharedAndInlineStringsAndRichTextRunsAreOneText) {
  const auto sheet = sheet_of(fixture_parts("every_cell_type"));
  EXPECT_EQ(text_at(sheet, 0, 1), "LAW ENFORCEMENT AGENCY");
  EXPECT_EQ(text_at(sheet, 1, 1), "Alder County Sheriff\xE2\x80\x99s Office");
}

TEST(Workbook, CharacterReferencesNbspAndNewlinesAreKeptInCells) {
  const auto sheet = sheet_of(fixture_parts("every_cell_type"));
  EXPECT_EQ(text_at(sheet, 1, 2),
            "Task\xC2\xA0"
            "Force\nModel");
  EXPECT_EQ(text_at(sheet, 1, 4), "Alder\r\nCounty") << "_x000D_ is a carriage return";
}

TEST(Workbook, CellsOfEveryTypeAreRead) {
  const auto reading = read(zip(fixture_parts("every_cell_type")));
  ASSERT_EQ(reading.listings.size(), 2U);
  const auto& first = reading.listings[0];
  EXPECT_EQ(first.agency, "Alder County Sheriff\xE2\x80\x99s Office");
  EXPECT_EQ(first.model, "TFM");
  EXPECT_EQ(first.county, "Alder County");
  EXPECT_EQ(first.agency_type, "") << "#N/A is blank";
  EXPECT_EQ(to_string(*first.signed_on), "2025-06-12") << "t=\"d\"";
  const auto& second = reading.listings[1];
  EXPECT_EQ(second.agency, "911") << "a number";
  EXPECT_EQ(to_string(*second.signed_on), "2025-06-13") << "the value of a formula";
  EXPECT_EQ(second.county, "TRUE");
  EXPECT_EQ(second.agency_type, "") << "#NA is blank";
  EXPECT_EQ(second.moa_status, MoaStatus::none);
}

TEST(Workbook, AHyperlinkFormulaIsALink) {
  const auto reading = read(zip(fixture_parts("every_cell_type")));
  EXPECT_EQ(reading.listings.at(0).moa_url, "https://www.ice.gov/doclib/287gMOA/alder.pdf");
}

TEST(Workbook, AHyperlinkWhoseRefSpansRowsBelongsToEachRow) {
  const auto listings = read(zip(fixture_parts("hyperlink_spans_rows"))).listings;
  ASSERT_EQ(listings.size(), 4U);
  EXPECT_EQ(listings[0].moa_url, "https://www.ice.gov/doclib/287gMOA/both.pdf");
  EXPECT_EQ(listings[1].moa_url, "https://www.ice.gov/doclib/287gMOA/both.pdf");
  EXPECT_EQ(listings[2].moa_url, "https://www.ice.gov/doclib/287gMOA/cedar.pdf#page=2");
  EXPECT_EQ(listings[3].moa_status, MoaStatus::pending);
}

TEST(Workbook, TheHeaderNeedNotComeFirstAndHiddenRowsAreRows) {
  const auto reading = read(zip(fixture_parts("header_below_a_title")));
  ASSERT_EQ(reading.listings.size(), 2U);
  EXPECT_EQ(reading.listings[0].row, 5);
  EXPECT_EQ(reading.listings[1].row, 7) << "row 6 is blank: nbsp and #N/A";
  EXPECT_EQ(reading.listings[1].agency, "Birch County Sheriff");
  EXPECT_EQ(reading.oddities,
            std::vector<std::string>{"row 8 has only \"checked by hand\", in no known column"});
}

TEST(Workbook, DatesFrom1904) {
  const auto reading = read(zip(fixture_parts("dates_from_1904")));
  EXPECT_EQ(to_string(*reading.listings.at(0).signed_on), "2025-06-25");
}

TEST(Workbook, TheTextOfAMergedCellStandsInEachRowItCovers) {
  const auto listings = read(zip(fixture_parts("merged_state"))).listings;
  ASSERT_EQ(listings.size(), 3U);
  for (const auto& listing : listings) EXPECT_EQ(listing.state, "OH");
  EXPECT_TRUE(listings[0].oddities.empty());
  EXPECT_EQ(listings[1].oddities.size(), 1U);
}

TEST(Workbook, PrefixesStrictNamespacesAndMissingReferencesDoNotMatter) {
  const auto reading = read(zip(fixture_parts("prefixed_elements")));
  ASSERT_EQ(reading.listings.size(), 1U);
  EXPECT_EQ(reading.listings[0].state, "OH");
  EXPECT_EQ(reading.list, List::pending);
}

const Grid small{{"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"},
                 {"OHIO", "Alder County Sheriff", "JEM"}};

TEST(Workbook, TargetsOfRelationshipsMayBeAbsolute) {
  Parts parts = workbook_parts(worksheet_of(small));
  auto& relationships = parts["xl/_rels/workbook.xml.rels"];
  relationships.replace(relationships.find("worksheets/"), 11, "/xl/worksheets/");
  EXPECT_EQ(read(zip(parts)).listings.size(), 1U);
}

TEST(Workbook, FoldersAndTrashInTheZipDoNotMatter) {
  Parts parts = workbook_parts(worksheet_of(small));
  parts["xl/worksheets/"] = "";
  parts["[trash]/0000.dat"] = std::string(300, '\0');
  EXPECT_EQ(read(zip(parts)).listings.size(), 1U);
}

TEST(Workbook, TheSavedTimeComesFromCoreProperties) {
  EXPECT_EQ(to_string(*read(workbook_of(small)).saved_at), "2025-08-01T12:00:00Z");
}

TEST(Workbook, WithoutCorePropertiesThereIsNoSavedTime) {
  Parts parts = workbook_parts(worksheet_of(small));
  parts.erase("docProps/core.xml");
  EXPECT_FALSE(read(zip(parts)).saved_at);
}

TEST(Workbook, ASavedTimeThatIsNoneIsNoted) {
  Parts parts = workbook_parts(worksheet_of(small));
  auto& core = parts["docProps/core.xml"];
  core.replace(core.find("2025-08-01T12:00:00Z"), 20, "yesterday");
  const auto reading = read(zip(parts));
  EXPECT_FALSE(reading.saved_at);
  EXPECT_EQ(reading.oddities, std::vector<std::string>{"saved time \"yesterday\" is none"});
}

TEST(Workbook, ASharedStringThatIsNotThereIsBlank) {
  Parts parts = workbook_parts(
      "<worksheet><sheetData><row><c t=\"s\"><v>99</v></c><c t=\"s\"><v>x</v></c></row></sheetData>"
      "</worksheet>");
  EXPECT_TRUE(sheet_of(parts).rows.empty());
}

TEST(CellRange, ReferencesAreParsed) {
  const auto range = parse_range("$G$2:H5");
  ASSERT_TRUE(range);
  EXPECT_EQ(range->first_row, 2);
  EXPECT_EQ(range->first_column, 6);
  EXPECT_EQ(range->last_row, 5);
  EXPECT_EQ(range->last_column, 7);
  EXPECT_EQ(parse_column("XFD1"), 16383);
  for (const char* none : {"", "A", "7", "A0", "XFE1", "A1048577", "A1:", "a1", "A1B"})
    EXPECT_FALSE(parse_range(none)) << none;
}

TEST(Resolve, RelativeAbsoluteAndUpwards) {
  EXPECT_EQ(resolve("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
  EXPECT_EQ(resolve("xl/workbook.xml", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
  EXPECT_EQ(resolve("xl/worksheets/sheet1.xml", "../x.xml"), "xl/x.xml");
  EXPECT_EQ(resolve("", "../../etc/passwd"), "etc/passwd") << "never out of the zip";
}

TEST(DecodeEscapes, OnlyWhatExcelEscapes) {
  EXPECT_EQ(decode_escapes("a_x000D_b"), "a\rb");
  EXPECT_EQ(decode_escapes("_x005F_x000D_"), "_x000D_");
  EXPECT_EQ(decode_escapes("_xyz_ _x12"), "_xyz_ _x12");
}

}  // namespace
}  // namespace agreementd::parsers
