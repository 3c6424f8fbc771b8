#include <cstring>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "workbooks.h"

// What a list must not be, and what each is answered with.
namespace agreementd::parsers {
namespace {

using namespace test;

const Grid list{{"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"},
                {"OHIO", "Alder County Sheriff", "Task Force Model"},
                {"UTAH", "Birch County Sheriff", "WSO"}};

std::string with_part(const std::string& path, const std::string& content) {
  Parts parts = workbook_parts(worksheet_of(list));
  parts[path] = content;
  return zip(parts);
}

bool says(const std::string& error, const std::string& reason) {
  return error.starts_with("cannot read list.xlsx: ") && error.find(reason) != std::string::npos &&
         error.find('\n') == std::string::npos;
}

TEST(Refused, WhatIsNoListAtAll) {
  EXPECT_TRUE(says(error_of(""), "empty"));
  EXPECT_TRUE(says(error_of("%PDF-1.7"), "neither an .xlsx workbook nor an HTML page"));
}

TEST(Refused, APasswordProtectedWorkbook) {
  std::string ole2 = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');
  EXPECT_TRUE(says(error_of(ole2), "old workbook (.xls)"));
  for (const char c : std::string("EncryptedPackage")) ole2 += {c, '\0'};
  EXPECT_TRUE(says(error_of(ole2), "password-protected workbook; save it without a password"));
}

TEST(Refused, AnEncryptedZip) {
  std::string bytes = zip(workbook_parts(worksheet_of(list)));
  const auto directory = bytes.find("PK\x01\x02");
  bytes[directory + 8] =
      static_cast<char>(bytes[directory + 8] | 1);  // general purpose flag, bit 0
  EXPECT_TRUE(says(error_of(bytes), "password-protected workbook")) << error_of(bytes);
}

TEST(Refused, ATruncatedWorkbook) {
  const std::string bytes = zip(workbook_parts(worksheet_of(list)));
  EXPECT_TRUE(says(error_of(bytes.substr(0, bytes.size() / 2)), "truncated or damaged workbook"));
  EXPECT_TRUE(says(error_of(bytes.substr(0, 4)), "truncated or damaged workbook"));
}

TEST(Refused, AZipThatIsNoWorkbook) {
  EXPECT_TRUE(says(error_of(zip({{"readme.txt", "x"}})), "zip without a workbook"));
}

TEST(Refused, AWorkbookWithoutTheColumns) {
  EXPECT_EQ(
      error_of(workbook_of({{"STATE", "SIGNED"}, {"OHIO", "=45833"}})),
      "cannot read list.xlsx: workbook without the columns of a list (LAW ENFORCEMENT AGENCY, "
      "SUPPORT TYPE not found); check that it is one of ICE's lists");
  EXPECT_TRUE(says(error_of(workbook_of({})), "workbook without the columns of a list"));
}

TEST(Refused, ADoctypeInAnyPart) {
  EXPECT_TRUE(
      says(error_of(zip(fixture_parts("doctype"))),
           "DOCTYPE or entity declaration in the workbook's XML (xl/worksheets/sheet1.xml)"));
  for (const char* path :
       {"_rels/.rels", "docProps/core.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/sharedStrings.xml", "xl/worksheets/_rels/sheet1.xml.rels"}) {
    const auto error = error_of(with_part(path, "<!-- x --><!DOCTYPE x><x/>"));
    EXPECT_TRUE(says(
        error, std::string("DOCTYPE or entity declaration in the workbook's XML (") + path + ")"))
        << error;
  }
  EXPECT_TRUE(
      says(error_of(with_part("xl/sharedStrings.xml", "<x/><!ENTITY a \"b\">")), "DOCTYPE"));
}

TEST(Refused, ADoctypeInTextIsText) {
  const Grid quoted{list[0], {"OHIO", "<!DOCTYPE Alder>", "JEM"}};
  EXPECT_EQ(read(workbook_of(quoted)).listings.at(0).agency, "<!DOCTYPE Alder>");
  const std::string xml =
      "<worksheet><!-- <!DOCTYPE x> --><sheetData><row><c "
      "t=\"inlineStr\"><is><t><![CDATA[<!DOCTYPE]]>"
      "</t></is></c></row></sheetData></worksheet>";
  EXPECT_TRUE(says(error_of(with_part("xl/worksheets/sheet1.xml", xml)), "without the columns"));
}

TEST(Refused, DamagedXmlAndOtherEncodings) {
  EXPECT_TRUE(says(error_of(with_part("xl/worksheets/sheet1.xml", "<worksheet>")), "damaged XML"));
  using namespace std::string_literals;
  EXPECT_TRUE(
      says(error_of(with_part("xl/worksheets/sheet1.xml", "\xFF\xFE<\0x\0/\0>\0"s)), "not UTF-8"));
}

TEST(Limits, OneMoreEntryThanAllowedIsTooMany) {
  const std::string bytes = workbook_of(list);
  Limits limits;
  limits.entries = 5;
  EXPECT_EQ(error_of(bytes, limits), "");
  limits.entries = 4;
  EXPECT_TRUE(says(error_of(bytes, limits), "5 entries, more than 4"));
}

TEST(Limits, OneMoreRowThanAllowedIsTooMany) {
  Limits limits;
  limits.rows = 2;
  EXPECT_EQ(error_of(workbook_of(list), limits), "") << "the header is none";
  limits.rows = 1;
  EXPECT_TRUE(says(error_of(workbook_of(list), limits), "more than 1 rows"));
  EXPECT_TRUE(says(error_of(page_of(list), limits), "more than 1 rows"));
}

TEST(Limits, AWorkbookOfMoreThanTheAllowedBytesIsTooLarge) {
  Limits limits;
  limits.inflated_bytes = 1U << 20U;
  Grid large = list;
  for (int i = 0; i < 4'000; ++i)
    large.push_back({"OHIO", "Agency " + std::to_string(i * 7919 % 10007), std::string(200, 'x')});
  EXPECT_TRUE(says(error_of(workbook_of(large), limits), "inflates to more than 1 MiB"));
  EXPECT_EQ(error_of(workbook_of(large)), "");
}

TEST(Limits, AllEntriesTogetherCountNotEachAlone) {
  Parts parts = workbook_parts(worksheet_of(list));
  std::string filler;
  for (int i = 0; i < 70'000; ++i) filler += std::to_string(i * 7919);
  parts["xl/sharedStrings.xml"] = "<sst><!--" + filler + "--></sst>";
  parts["xl/worksheets/_rels/sheet1.xml.rels"] =
      "<Relationships><!--" + filler + "--></Relationships>";
  Limits limits;
  limits.inflated_bytes = filler.size() + filler.size() / 2;
  EXPECT_TRUE(says(error_of(zip(parts), limits), "inflates to more than"));
}

TEST(Limits, AZipBombIsRefused) {
  const std::string bomb = "<worksheet><!--" + std::string(8U << 20U, ' ') + "--></worksheet>";
  EXPECT_TRUE(says(error_of(with_part("xl/worksheets/sheet1.xml", bomb)), "more than 100:1"));
}

TEST(Limits, ASmallEntryMayPackWell) {
  Grid even = list;
  for (int i = 0; i < 4'000; ++i) even.push_back(list[1]);
  const auto sheet = worksheet_of(even);
  ASSERT_LT(sheet.size(), 1U << 20U);
  EXPECT_EQ(read(workbook_of(even)).listings.size(), 4'002U);
}

/// Writes `size` as the unpacked size of every entry.
void announce(std::string& bytes, std::uint32_t size) {
  for (std::size_t at = 0; (at = bytes.find("PK\x01\x02", at)) != std::string::npos; ++at)
    std::memcpy(&bytes[at + 24], &size, 4);
  for (std::size_t at = 0; (at = bytes.find("PK\x03\x04", at)) != std::string::npos; ++at)
    std::memcpy(&bytes[at + 22], &size, 4);
}

TEST(Limits, WhatAZipSaysOfItsSizesIsNotBelieved) {
  std::string bytes =
      with_part("xl/worksheets/sheet1.xml",
                "<worksheet><!--" + std::string(8U << 20U, ' ') + "--></worksheet>");
  announce(bytes, 100);
  const auto error = error_of(bytes);
  EXPECT_TRUE(says(error, "more than 100:1") || says(error, "truncated or damaged")) << error;
  announce(bytes, 0xFFFFFFF0U);
  EXPECT_TRUE(says(error_of(bytes), "inflates to more than 64 MiB")) << error_of(bytes);
}

TEST(Limits, ALongStringInManyCellsIsRefused) {
  Parts parts = workbook_parts("");
  parts["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(100'000, 'x') + "</t></si></sst>";
  std::string sheet = "<worksheet><sheetData>";
  for (int i = 0; i < 1'000; ++i) sheet += "<row><c t=\"s\"><v>0</v></c></row>";
  parts["xl/worksheets/sheet1.xml"] = sheet + "</sheetData></worksheet>";
  EXPECT_TRUE(says(error_of(zip(parts)), "MiB of text in its cells"));
}

TEST(Limits, LinksOverWholeSheetsAreRefused) {
  Grid many = list;
  for (int i = 0; i < 20'000; ++i) many.push_back({"OHIO", std::to_string(i), "JEM"});
  std::string sheet = worksheet_of(many);
  std::string links = "<hyperlinks>";
  for (int i = 0; i < 1'000; ++i)
    links += "<hyperlink ref=\"A1:XFD1048576\" xmlns:r=\"r\" r:id=\"l\"/>";
  sheet.replace(sheet.rfind("</worksheet>"), 0, links + "</hyperlinks>");
  Parts parts = workbook_parts(sheet);
  parts["xl/worksheets/_rels/sheet1.xml.rels"] =
      "<Relationships><Relationship Id=\"l\" Type=\"x/hyperlink\" Target=\"https://x/\"/>"
      "</Relationships>";
  EXPECT_TRUE(says(error_of(zip(parts)), "under spans"));
}

// Whatever the bytes, the answer is a list or one line; sanitizers see to the rest.
void expect_an_answer(const std::string& bytes) {
  const auto reading = read_list(bytes, "list.xlsx");
  if (!reading) RC_ASSERT(says(reading.error(), ""));
}

std::string mutated(std::string bytes, const std::vector<std::pair<std::size_t, char>>& changes) {
  for (const auto& [at, value] : changes) bytes[at % bytes.size()] = value;
  return bytes;
}

using Changes = std::vector<std::pair<std::size_t, char>>;

RC_GTEST_PROP(Hostile, ACutOrChangedWorkbookIsAnswered, (const Changes& changes, std::size_t cut)) {
  const std::string bytes = workbook_of(list);
  expect_an_answer(mutated(bytes, changes));
  expect_an_answer(bytes.substr(0, cut % bytes.size()));
}

RC_GTEST_PROP(Hostile, ChangedXmlInsideAWorkbookIsAnswered,
              (const Changes& changes, std::size_t part)) {
  Parts parts = fixture_parts("every_cell_type");
  auto& content = std::next(parts.begin(), static_cast<long>(part % parts.size()))->second;
  content = mutated(content, changes);
  expect_an_answer(zip(parts));
}

RC_GTEST_PROP(Hostile, ACutOrChangedPageIsAnswered, (const Changes& changes, std::size_t cut)) {
  const std::string bytes = data_file("page_in_two_tables.html");
  expect_an_answer(mutated(bytes, changes));
  expect_an_answer(bytes.substr(0, cut % bytes.size()));
}

RC_GTEST_PROP(Hostile, ArbitraryBytesAreAnswered, (const std::string& bytes)) {
  expect_an_answer(bytes);
  expect_an_answer("<" + bytes);
  expect_an_answer("PK\x03\x04" + bytes);
}

}  // namespace
}  // namespace agreementd::parsers
