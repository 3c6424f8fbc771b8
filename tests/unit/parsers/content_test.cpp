#include "parsers/content.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "workbooks.h"

namespace agreementd::parsers {
namespace {

using namespace test;

const Grid list{{"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED", "MOA"},
                {"OHIO", "Alder County Sheriff", "Task Force Model", "=45833", "link pending"},
                {"UTAH", "Birch Police", "WSO", "6/12/25", "https://www.ice.gov/birch.pdf"}};

Sha256 content(const Grid& grid) { return read(workbook_of(grid)).content; }

Grid changed(std::size_t row, std::size_t column, const std::string& value) {
  Grid grid = list;
  grid.at(row).at(column) = value;
  return grid;
}

/// `grid` with its columns in the order of `places`.
Grid arranged(const Grid& grid, const std::vector<std::size_t>& places) {
  Grid turned;
  for (const auto& row : grid) {
    std::vector<std::string> cells;
    for (const std::size_t place : places) cells.push_back(row.at(place));
    turned.push_back(cells);
  }
  return turned;
}

TEST(Content, WhiteSpaceDoesNotCount) {
  EXPECT_EQ(content(changed(1, 1, " Alder\xC2\xA0 County\nSheriff ")), content(list));
}

TEST(Content, CaseCounts) { EXPECT_NE(content(changed(1, 0, "Ohio")), content(list)); }

TEST(Content, TheWrappingOfALinkDoesNotCount) {
  EXPECT_EQ(content(changed(2, 4,
                            "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2F"
                            "www.ice.gov%2Fbirch.pdf&data=staff")),
            content(list));
  EXPECT_NE(content(changed(2, 4, "https://www.ice.gov/cedar.pdf")), content(list));
}

TEST(Content, UnknownColumnsAndBlankRowsDoNotCount) {
  Grid grid = list;
  grid[0].emplace_back("NOTES");
  grid[1].emplace_back("new this week");
  grid.insert(grid.begin() + 1, std::vector<std::string>{"", " "});
  EXPECT_EQ(content(grid), content(list));
}

TEST(Content, AKnownColumnMoreCounts) {
  Grid grid = list;
  grid[0].emplace_back("COUNTY");
  EXPECT_NE(content(grid), content(list));
}

TEST(Content, AnExactDuplicateRowCounts) {
  Grid grid = list;
  grid.push_back(list[1]);
  EXPECT_NE(content(grid), content(list));
}

TEST(Content, ItIsWhatIsPrintedThatCounts) {
  EXPECT_NE(content(changed(2, 2, "Warrant Service Officer")), content(list))
      << "the same model, printed otherwise";
  EXPECT_EQ(content(changed(1, 3, "2025-06-25")), content(list)) << "a date is its ISO text";
}

TEST(Content, TextsCannotRunIntoEachOther) {
  const std::set<Column> columns{Column::state, Column::agency};
  EXPECT_NE(content_hash(columns, {{"ab", "c"}}), content_hash(columns, {{"a", "bc"}}));
  EXPECT_NE(content_hash(columns, {{"a", "b"}, {"c", "d"}}),
            content_hash(columns, {{"a", "b1:c1:d"}}));
}

TEST(Content, ItIsTheSameOnEveryMachineAndForEver) {
  EXPECT_EQ(to_hex(content_hash({Column::state, Column::agency}, {{"OHIO", "Alder"}})),
            to_hex(sha256("15:5:state6:agency13:4:OHIO5:Alder")));
}

RC_GTEST_PROP(Content, DoesNotDependOnTheOrderOfRows, (unsigned seed)) {
  Grid grid = list;
  for (int i = 0; i < 8; ++i) grid.push_back({"OHIO", "Agency " + std::to_string(i % 5), "JEM"});
  Grid shuffled = grid;
  std::shuffle(shuffled.begin() + 1, shuffled.end(), std::mt19937(seed));
  RC_ASSERT(content(shuffled) == content(grid));
}

RC_GTEST_PROP(Content, DoesNotDependOnTheOrderOfColumns, (unsigned seed)) {
  std::vector<std::size_t> places{0, 1, 2, 3, 4};
  std::shuffle(places.begin(), places.end(), std::mt19937(seed));
  RC_ASSERT(content(arranged(list, places)) == content(list));
}

}  // namespace
}  // namespace agreementd::parsers
