#pragma once

#include <string>
#include <utility>
#include <vector>

#include "parsers/budget.h"
#include "parsers/cell_range.h"
#include "parsers/table.h"

namespace agreementd::parsers {

/// Spreads what a sheet says of ranges over the rows that exist.
class Spans {
 public:
  /// `rows` must outlive this and not change otherwise.
  Spans(std::vector<Row>& rows, Budget& budget);

  /// The text of the range's first cell goes into the blank cells below it. To the right it does
  /// not: a title merged across the columns is no value of each of them.
  void merge(const CellRange& range);
  /// `target` belongs to each cell of the range; the last one given to a cell wins. Cells right of
  /// the last one with a text are left alone.
  void link(const CellRange& range, const std::string& target);

 private:
  template <typename Visit>
  void each_row(const CellRange& range, Visit visit);

  std::vector<Row>& rows_;
  Budget& budget_;
  std::vector<std::pair<int, std::size_t>> by_number_;  // row number → index, ascending
  int last_column_ = -1;
};

}  // namespace agreementd::parsers
