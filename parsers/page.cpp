#include "parsers/page.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <utility>

#include "parsers/budget.h"
#include "parsers/html.h"
#include "parsers/squeeze.h"

namespace agreementd::parsers {
namespace {

/// Gumbo's tree takes some thirty times the page's bytes, most of them for elements; a list of
/// ICE's stays below 8 MiB.
constexpr std::size_t tree_per_inflated = 4;
/// What HTML allows (4.9.11).
constexpr int widest_span = 1000;
constexpr int tallest_span = 65534;
constexpr int last_column = 100'000;

int span(const GumboNode& cell, const char* name, int limit) {
  const auto text = attribute(cell, name);
  int value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 1, limit);
}

std::vector<Link> links_of(const GumboNode& cell) {
  std::vector<Link> links;
  walk(cell, [&](const GumboNode& node) {
    if (is(node, GUMBO_TAG_A) && !attribute(node, "href").empty())
      links.push_back({squeeze(text_of(node)), std::string(attribute(node, "href"))});
    return !is(node, GUMBO_TAG_TABLE);
  });
  return links;
}

/// The rows of one table.
class TableReader {
 public:
  explicit TableReader(Budget& budget) : budget_(budget) {}

  Table read(const GumboNode& table) {
    walk(table, [&](const GumboNode& node) {
      if (is(node, GUMBO_TAG_TR)) read_row(node);
      return !is(node, GUMBO_TAG_TR) && !is(node, GUMBO_TAG_TABLE);
    });
    return std::move(table_);
  }

 private:
  /// A cell that reaches into the rows below; blank where it is only in the way.
  struct FromAbove {
    Cell cell;
    int rows_left = 0;
  };

  void read_row(const GumboNode& tr) {
    Row row;
    row.number = ++number_;
    std::map<int, FromAbove> begun;
    int column = 0;
    walk(tr, [&](const GumboNode& node) {
      const bool is_cell = is(node, GUMBO_TAG_TD) || is(node, GUMBO_TAG_TH);
      if (is_cell) column = read_cell(node, column, row, begun);
      return !is_cell && !is(node, GUMBO_TAG_TABLE);
    });
    take_from_above(row);
    from_above_.merge(begun);
    std::sort(row.cells.begin(), row.cells.end(),
              [](const Cell& a, const Cell& b) { return a.column < b.column; });
    if (row.cells.empty()) return;
    budget_.spend_row();
    table_.rows.push_back(std::move(row));
  }

  /// Returns the column after the cell.
  int read_cell(const GumboNode& node, int column, Row& row, std::map<int, FromAbove>& begun) {
    while (from_above_.contains(column)) ++column;
    Cell cell;
    cell.column = column;
    cell.text = text_of(node);
    cell.links = links_of(node);
    budget_.spend_text(cell.text.size());
    const int next = std::min(column + span(node, "colspan", widest_span), last_column);
    const int rows_below = span(node, "rowspan", tallest_span) - 1;
    for (int covered = column; rows_below > 0 && covered < next; ++covered) {
      budget_.spend_span();
      begun[covered] = {covered == column ? cell : Cell{}, rows_below};
    }
    if (!squeeze(cell.text).empty() || !cell.links.empty()) row.cells.push_back(std::move(cell));
    return next;
  }

  void take_from_above(Row& row) {
    for (auto at = from_above_.begin(); at != from_above_.end();) {
      auto& [cell, rows_left] = at->second;
      budget_.spend_span();
      if (!cell.text.empty()) {
        budget_.spend_text(cell.text.size());
        row.cells.push_back(cell);
        row.cells.back().from_above = true;
      }
      at = --rows_left == 0 ? from_above_.erase(at) : std::next(at);
    }
  }

  Budget& budget_;
  Table table_;
  int number_ = 0;
  std::map<int, FromAbove> from_above_;  // by column
};

}  // namespace

std::vector<Table> read_page(std::string_view html, const Limits& limits) {
  Budget budget(limits);
  const Html page(html, limits.inflated_bytes * tree_per_inflated);
  std::vector<Table> tables;
  for (const auto* table : page.all(GUMBO_TAG_TABLE))
    tables.push_back(TableReader(budget).read(*table));
  return tables;
}

}  // namespace agreementd::parsers
