#include "daemon/commands/output.h"

#include <algorithm>
#include <array>

#include "daemon/terminal_text.h"
#include "model/names.h"

namespace agreementd::daemon {
namespace {

constexpr Names<Format, 3> format_names{{"table", "csv", "jsonl"}};

bool is_number(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto point = std::min(text.find('.'), text.size());
  const auto whole = text.substr(0, point);
  const auto fraction = point == text.size() ? "0" : text.substr(point + 1);
  return !whole.empty() && !fraction.empty() && std::ranges::all_of(whole, digit) &&
         std::ranges::all_of(fraction, digit);
}

/// What a spreadsheet would take for a formula, made text.
std::string spreadsheet_safe(const std::string& text) {
  constexpr std::string_view starters = "=+-@\t\r\n";
  // The same four in full width, which some take for the narrow ones.
  const bool wide = std::ranges::any_of(std::array{"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"},
                                        [&](const char* start) { return text.starts_with(start); });
  const bool formula = wide || (!text.empty() && starters.find(text[0]) != std::string_view::npos);
  return formula && !is_number(text) ? "'" + text : text;
}

std::string csv_cell(const std::string& text, bool terminal) {
  std::string content = terminal ? printable(spreadsheet_safe(text)) : spreadsheet_safe(text);
  if (content.find_first_of(",\"\r\n") == std::string::npos) return content;
  std::string quoted = "\"";
  for (const char c : content) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

template <typename Cells, typename Text>
void append_line(std::string& out, const Cells& cells, Text text) {
  bool first = true;
  for (const auto& content : cells) {
    if (!first) out += ',';
    out += text(content);
    first = false;
  }
  out += '\n';
}

}  // namespace

std::optional<Format> parse_format(std::string_view text) { return format_names.find(text); }

std::string format_csv(const storage::Table& table, bool terminal) {
  std::string out;
  append_line(out, table.columns,
              [&](const std::string& name) { return csv_cell(name, terminal); });
  for (const auto& row : table.rows)
    append_line(out, row, [&](const std::optional<std::string>& content) {
      return csv_cell(content.value_or(""), terminal);
    });
  return out;
}

storage::Table with_columns(const storage::Table& table, const std::vector<std::string>& names) {
  storage::Table result;
  std::vector<std::size_t> places;
  for (const auto& name : names) {
    const auto found = std::ranges::find(table.columns, name);
    if (found == table.columns.end()) continue;
    result.columns.push_back(name);
    places.push_back(static_cast<std::size_t>(found - table.columns.begin()));
  }
  for (const auto& row : table.rows) {
    auto& cells = result.rows.emplace_back();
    for (const auto place : places) cells.push_back(row[place]);
  }
  return result;
}

storage::Table without_empty_columns(const storage::Table& table) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (std::ranges::any_of(table.rows,
                            [i](const auto& row) { return row[i] && !row[i]->empty(); }))
      names.push_back(table.columns[i]);
  return with_columns(table, names);
}

std::string cell(const storage::Table& table, std::size_t row, std::string_view column) {
  const auto found = std::ranges::find(table.columns, column);
  if (found == table.columns.end()) return "";
  return table.rows[row][static_cast<std::size_t>(found - table.columns.begin())].value_or("");
}

}  // namespace agreementd::daemon
