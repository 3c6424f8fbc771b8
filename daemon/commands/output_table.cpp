#include <algorithm>
#include <numeric>

#include "daemon/commands/output.h"
#include "daemon/commands/output_columns.h"
#include "daemon/terminal_text.h"

namespace agreementd::daemon {
namespace {

constexpr std::size_t gap = 2;           // columns between two cells
constexpr std::size_t least_width = 13;  // no cell is shortened to less: words and dates stay whole

using Widths = std::vector<std::size_t>;

Widths natural_widths(const storage::Table& table) {
  Widths widths;
  for (const auto& name : table.columns) widths.push_back(display_width(printable(name)));
  for (const auto& row : table.rows)
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (row[i]) widths[i] = std::max(widths[i], display_width(printable(*row[i])));
  return widths;
}

std::size_t line_width(const Widths& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
         (widths.empty() ? 0 : gap * (widths.size() - 1));
}

/// Takes from the widest column first, so that narrow ones stay whole.
void narrow(Widths& widths, std::size_t limit) {
  for (std::size_t total = line_width(widths); limit > 0 && total > limit; --total) {
    const auto widest = std::ranges::max_element(widths);
    if (*widest <= least_width) return;
    --*widest;
  }
}

/// Without the spaces a last narrow cell would leave at the end of the line.
void append_trimmed(std::string& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + '\n';
}

}  // namespace

std::string format_table(const storage::Table& table, std::size_t width) {
  Widths widths = natural_widths(table);
  narrow(widths, width);
  const auto line = [&](auto text) {
    std::string result;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) result += std::string(gap, ' ');
      const bool right = column_kind(table.columns[i]) == ColumnKind::number;
      result += padded(shortened(text(i), widths[i]), widths[i], right);
    }
    return result;
  };
  std::string out;
  append_trimmed(out, line([&](std::size_t i) { return printable(table.columns[i]); }));
  append_trimmed(out, line([&](std::size_t i) { return std::string(widths[i], '-'); }));
  for (const auto& row : table.rows)
    append_trimmed(out, line([&](std::size_t i) { return printable(row[i].value_or("")); }));
  return out;
}

}  // namespace agreementd::daemon
