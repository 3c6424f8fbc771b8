#include "parsers/columns.h"

#include <span>

#include <fmt/format.h>

#include "parsers/text.h"
#include "parsers/vocabulary.h"

namespace agreementd::parsers {
namespace {

constexpr std::array<Column, known_columns> every_column{
    Column::state, Column::agency,    Column::agency_type, Column::county,
    Column::model, Column::signed_on, Column::moa,         Column::addendum};
constexpr std::array<Column, 3> required{Column::state, Column::agency, Column::model};

constexpr Term<Column> header_terms[] = {
    {"STATE", Column::state, Use::usual},
    {"LAW ENFORCEMENT AGENCY", Column::agency, Use::usual},
    {"LAW ENFORCEMENT AGENCIES", Column::agency, Use::variant},
    {"LAW ENFORCEMENT AGENCY LEA", Column::agency, Use::variant},
    {"LEA", Column::agency, Use::code},
    {"AGENCY", Column::agency, Use::variant},
    {"AGENCY NAME", Column::agency, Use::variant},
    {"TYPE", Column::agency_type, Use::code},  // too short and common to be read into other words
    {"AGENCY TYPE", Column::agency_type, Use::variant},
    {"TYPE OF AGENCY", Column::agency_type, Use::variant},
    {"COUNTY", Column::county, Use::usual},
    {"SUPPORT TYPE", Column::model, Use::usual},
    {"TYPE OF SUPPORT", Column::model, Use::variant},
    {"MODEL", Column::model, Use::variant},
    {"SIGNED", Column::signed_on, Use::usual},
    {"DATE SIGNED", Column::signed_on, Use::variant},
    {"SIGNED DATE", Column::signed_on, Use::variant},
    {"MOA", Column::moa, Use::code},
    {"MOA LINK", Column::moa, Use::variant},
    {"LINK TO MOA", Column::moa, Use::variant},
    {"ADDENDUM", Column::addendum, Use::usual},
    {"ADDENDUM LINK", Column::addendum, Use::variant},
};

}  // namespace

std::set<Column> Columns::all() const {
  std::set<Column> all;
  for (const Column column : every_column)
    if (has(column)) all.insert(column);
  return all;
}

bool Columns::enough() const {
  for (const Column column : required)
    if (!has(column)) return false;
  return true;
}

Columns read_header(const Row& row, std::vector<std::string>& oddities) {
  Columns columns;
  for (const auto& cell : row.cells) {
    const std::string text = printed_text(cell.text);
    const auto meaning = look_up<Column>(header_terms, text);
    if (!meaning) continue;
    if (columns.has(meaning->value)) {
      oddities.push_back(fmt::format("a second column \"{}\" is not read", text));
      continue;
    }
    columns.set(meaning->value, cell.column);
    if (meaning->odd)
      oddities.push_back(fmt::format("column \"{}\" read as {}", text, header_of(meaning->value)));
  }
  return columns;
}

std::string_view header_of(Column column) {
  for (const auto& term : header_terms)
    if (term.value == column) return term.words;
  return {};
}

}  // namespace agreementd::parsers
