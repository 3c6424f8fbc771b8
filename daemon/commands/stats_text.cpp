#include "daemon/commands/stats_text.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include <fmt/format.h>

#include "daemon/commands/bars.h"
#include "daemon/commands/output.h"
#include "daemon/terminal_text.h"

namespace agreementd::daemon {
namespace {

std::string safe(const storage::Table& table, std::size_t row, std::string_view column) {
  return printable(cell(table, row, column));
}

std::int64_t number(const storage::Table& table, std::size_t row, std::string_view column) {
  const auto text = cell(table, row, column);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::int64_t largest(const storage::Table& table, std::string_view column) {
  std::int64_t result = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    result = std::max(result, number(table, row, column));
  return result;
}

/// The rows of one list, the largest count first.
storage::Table of_list(const storage::Table& table, std::string_view list) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (cell(table, row, "list") == list) rows.push_back(row);
  std::ranges::stable_sort(rows, std::greater<>(),
                           [&](std::size_t row) { return number(table, row, "count"); });
  storage::Table result{table.columns, {}};
  for (const auto row : rows) result.rows.push_back(table.rows[row]);
  return result;
}

/// A line a row: name, count, bar.
std::string chart(const storage::Table& table, std::string_view name, std::size_t width) {
  std::size_t name_width = 4;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    name_width = std::max(name_width, display_width(safe(table, row, name)));
  const auto bar_width = static_cast<int>(std::max<std::size_t>(10, width - name_width - 12));
  std::string out;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto count = number(table, row, "count");
    out += fmt::format("  {}  {:>6}  {}\n", padded(safe(table, row, name), name_width), count,
                       bar(count, largest(table, "count"), bar_width));
  }
  return out;
}

std::string charts(const storage::Table& table, std::string_view name, std::size_t width) {
  std::string out;
  for (const auto& [list, title] : {std::pair{"participating", "agreements"},
                                    std::pair{"pending", "applications on the pending list"}})
    if (const auto part = of_list(table, list); !part.rows.empty())
      out += fmt::format("\n{} by {}\n{}", title, name, chart(part, name, width));
  return out;
}

std::int64_t came(const storage::Table& months, std::size_t row) {
  return number(months, row, "new") + number(months, row, "reinstated");
}

bool quiet(const storage::Table& months, std::size_t row) {
  return came(months, row) == 0 && number(months, row, "terminated") == 0;
}

/// The first row behind `row` in which something happens.
std::size_t end_of_quiet(const storage::Table& months, std::size_t row) {
  while (row < months.rows.size() && quiet(months, row)) ++row;
  return row;
}

std::string month_line(const storage::Table& months, std::size_t row, std::int64_t most,
                       int width) {
  const auto left = number(months, row, "terminated");
  auto line =
      fmt::format("  {:<7}  {:>6}  {:>6}  {:>8}  {}", safe(months, row, "month"), came(months, row),
                  left, number(months, row, "listed"), bar(came(months, row), most, width));
  line.erase(line.find_last_not_of(' ') + 1);
  if (left > 0) line += fmt::format("\n  {:<33}{} left", "", bar(left, most, width));
  return line + "\n";
}

/// What came (new and reinstated) and what left, month by month, on one scale; quiet years are one
/// line.
std::string month_chart(const storage::Table& months, std::size_t width) {
  constexpr std::size_t long_quiet = 3;
  const auto count = months.rows.size();
  std::int64_t most = largest(months, "terminated");
  for (std::size_t row = 0; row < count; ++row) most = std::max(most, came(months, row));
  const auto bar_width = static_cast<int>(std::max<std::size_t>(10, width - 38));
  std::string out =
      fmt::format("\nagreements by month of the edition\n  {:<7}  {:>6}  {:>6}  {:>8}\n", "month",
                  "came", "left", "listed");
  for (std::size_t row = 0; row < count;) {
    const auto end = end_of_quiet(months, row);
    if (end - row >= long_quiet) {
      out += fmt::format("  …        {} months in which none came or left\n", end - row);
      row = end;
    } else {
      out += month_line(months, row++, most, bar_width);
    }
  }
  return count == 0 ? "" : out;
}

}  // namespace

std::string stats_text(const Counts& counts, std::size_t width) {
  const auto usable = std::clamp<std::size_t>(width == 0 ? 80 : width, 40, 120);
  const auto text = charts(counts.by_model, "model", usable) +
                    charts(counts.by_state, "state", usable) + month_chart(counts.by_month, usable);
  return text.empty() ? "Nothing is listed: import lists first (agreementctl import PATH).\n"
                      : text.substr(1);
}

storage::Table stats_table(const Counts& counts) {
  storage::Table result{{"by", "list", "key", "count", "new", "reinstated", "terminated", "net"},
                        {}};
  const auto add_counts = [&](const storage::Table& table, const char* by) {
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      result.rows.push_back({by, cell(table, row, "list"), cell(table, row, by),
                             cell(table, row, "count"), std::nullopt, std::nullopt, std::nullopt,
                             std::nullopt});
  };
  add_counts(counts.by_model, "model");
  add_counts(counts.by_state, "state");
  const auto& months = counts.by_month;
  for (std::size_t row = 0; row < months.rows.size(); ++row)
    result.rows.push_back({"month", "participating", cell(months, row, "month"),
                           cell(months, row, "listed"), cell(months, row, "new"),
                           cell(months, row, "reinstated"), cell(months, row, "terminated"),
                           cell(months, row, "net")});
  return result;
}

}  // namespace agreementd::daemon
