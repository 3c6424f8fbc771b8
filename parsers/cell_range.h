#pragma once

#include <optional>
#include <string_view>

namespace agreementd::parsers {

/// `G2`, or `G2:H5`. Rows from 1, columns from 0, ends included.
struct CellRange {
  int first_row = 0;
  int first_column = 0;
  int last_row = 0;
  int last_column = 0;
};
/// Nothing where `reference` is no range inside a sheet (1,048,576 rows, 16,384 columns). `$` is
/// ignored.
std::optional<CellRange> parse_range(std::string_view reference);

/// The column of a reference like `G2`, from 0.
std::optional<int> parse_column(std::string_view reference);

}  // namespace agreementd::parsers
