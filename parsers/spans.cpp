#include "parsers/spans.h"

#include <algorithm>

namespace agreementd::parsers {
namespace {

/// The cell of `column`, made where there is none.
Cell& cell_at(Row& row, int column) {
  const auto place = std::find_if(row.cells.begin(), row.cells.end(),
                                  [column](const Cell& cell) { return cell.column >= column; });
  if (place != row.cells.end() && place->column == column) return *place;
  Cell blank;
  blank.column = column;
  return *row.cells.insert(place, std::move(blank));
}

}  // namespace

Spans::Spans(std::vector<Row>& rows, Budget& budget) : rows_(rows), budget_(budget) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    by_number_.emplace_back(rows[i].number, i);
    for (const auto& cell : rows[i].cells) last_column_ = std::max(last_column_, cell.column);
  }
  std::sort(by_number_.begin(), by_number_.end());
}

template <typename Visit>
void Spans::each_row(const CellRange& range, Visit visit) {
  auto at = std::lower_bound(by_number_.begin(), by_number_.end(),
                             std::pair{range.first_row, std::size_t{0}});
  for (; at != by_number_.end() && at->first <= range.last_row; ++at) {
    budget_.spend_span();
    visit(rows_[at->second]);
  }
}

void Spans::merge(const CellRange& range) {
  Cell first;
  each_row(range, [&](Row& row) {
    if (row.number == range.first_row) {
      if (const Cell* cell = row.at(range.first_column)) first = *cell;
      return;
    }
    if (first.text.empty()) return;
    Cell& cell = cell_at(row, range.first_column);
    if (!cell.text.empty()) return;
    budget_.spend_text(first.text.size());
    cell = first;
    cell.from_above = true;
  });
}

void Spans::link(const CellRange& range, const std::string& target) {
  if (target.empty()) return;
  const int last_column = std::min(range.last_column, last_column_);
  each_row(range, [&](Row& row) {
    for (int column = range.first_column; column <= last_column; ++column) {
      budget_.spend_span();
      budget_.spend_text(target.size());
      cell_at(row, column).links = {Link{"", target}};
    }
  });
}

}  // namespace agreementd::parsers
