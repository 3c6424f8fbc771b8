#include "parsers/sheet.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "parsers/formula.h"
#include "parsers/spans.h"
#include "parsers/strings.h"

namespace agreementd::parsers {
namespace {

template <typename Number>
std::optional<Number> to_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

/// The text of a cell whose type (`t`) is `type`: a string, shared or not, an error, a truth, an
/// ISO date; a number where there is no type.
void read_value(const pugi::xml_node& node, std::string_view type, const SheetContext& context,
                Cell& cell) {
  if (type == "inlineStr") {
    cell.text = string_item(child(node, "is"));
    return;
  }
  const char* value = child(node, "v").text().get();
  if (type == "s") {
    const auto index = to_number<std::size_t>(value);
    if (index && *index < context.strings.size()) cell.text = context.strings[*index];
  } else if (type == "b") {
    cell.text = std::string_view(value) == "1" ? "TRUE" : "FALSE";
  } else if (type == "str") {
    cell.text = decode_escapes(value);
  } else {
    cell.text = value;
    if (type.empty() || type == "n") cell.number = to_number<double>(value);
  }
}

Cell read_cell(const pugi::xml_node& node, int column, const SheetContext& context) {
  Cell cell;
  cell.column = column;
  read_value(node, attribute(node, "t"), context, cell);
  if (const auto formula = child(node, "f"))
    if (auto target = hyperlink_of_formula(formula.text().get()))
      cell.links.push_back({"", std::move(*target)});
  return cell;
}

Row read_row(const pugi::xml_node& node, int number, const SheetContext& context, Budget& budget) {
  Row row;
  row.number = number;
  int column = -1;
  for (const auto& each : node.children()) {
    if (!is(each, "c")) continue;
    column = parse_column(attribute(each, "r")).value_or(column + 1);
    if (!each.first_child()) continue;  // formatted, but empty
    Cell cell = read_cell(each, column, context);
    if (cell.text.empty() && cell.links.empty()) continue;
    budget.spend_text(cell.text.size());
    row.cells.push_back(std::move(cell));
  }
  return row;
}

/// The row's own number, or the next one where it has none that can be.
int row_number(const pugi::xml_node& node, int next) {
  constexpr int last_row = 1'048'576;
  const int number = to_number<int>(attribute(node, "r")).value_or(next);
  return number >= 1 && number <= last_row ? number : std::min(next, last_row);
}

/// Where a hyperlink leads; empty: to a place in the workbook itself, or nowhere.
std::string target_of(const pugi::xml_node& hyperlink, const Relationships& relationships) {
  const auto found = relationships.find(attribute(hyperlink, "id"));
  if (found == relationships.end() || found->second.type != "hyperlink") return {};
  const auto place = attribute(hyperlink, "location");
  return place.empty() ? found->second.target : found->second.target + "#" + std::string(place);
}

}  // namespace

std::vector<Row> read_sheet(const pugi::xml_node& worksheet, const SheetContext& context,
                            Budget& budget) {
  std::vector<Row> rows;
  int number = 0;
  for (const auto& node : child(worksheet, "sheetData").children()) {
    if (!is(node, "row")) continue;
    number = row_number(node, number + 1);
    Row row = read_row(node, number, context, budget);
    if (row.cells.empty()) continue;
    budget.spend_row();
    rows.push_back(std::move(row));
  }
  Spans spans(rows, budget);
  for (const auto& node : child(worksheet, "mergeCells").children())
    if (const auto range = parse_range(attribute(node, "ref"))) spans.merge(*range);
  for (const auto& node : child(worksheet, "hyperlinks").children())
    if (const auto range = parse_range(attribute(node, "ref")))
      spans.link(*range, target_of(node, context.relationships));
  return rows;
}

}  // namespace agreementd::parsers
