#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

/// What workbook and page have in common: a grid of printed cells, before anybody asks what they
/// mean.
namespace agreementd::parsers {

/// A link as the document has it: wrapped, encoded, possibly hostile.
struct Link {
  std::string text;  ///< what is clicked; empty: the text of the cell
  std::string target;
};

struct Cell {
  int column = 0;                ///< from 0
  std::string text;              ///< UTF-8 as stored, white space and all
  std::optional<double> number;  ///< where the workbook stores a number; it may be a date
  bool from_above = false;       ///< the text is that of a merged cell (`rowspan`) that began above
  std::vector<Link> links;       ///< in the order printed
};

struct Row {
  int number = 0;           ///< 1-based, as the sheet or the table counts
  std::vector<Cell> cells;  ///< those with a text or a link, by column

  /// The cell of `column`, or null.
  [[nodiscard]] const Cell* at(int column) const {
    const auto found = std::find_if(cells.begin(), cells.end(),
                                    [column](const Cell& cell) { return cell.column == column; });
    return found == cells.end() ? nullptr : &*found;
  }
};

/// A sheet, or a `<table>`. Rows without any text are left out.
struct Table {
  std::string name;         ///< of the sheet; empty for a page
  bool hidden = false;      ///< a sheet that Excel does not show
  bool epoch_1904 = false;  ///< numbers that are dates count from 1904 instead of 1900
  std::vector<Row> rows;
};

}  // namespace agreementd::parsers
