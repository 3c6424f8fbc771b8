#include "tests/generator/print.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "model/states.h"
#include "parsers/columns.h"

namespace agreementd::generator {
namespace {

constexpr const char* moa_folder = "https://www.ice.gov/doclib/287gMOA/";

PrintedRow true_row(const World& world, std::size_t number, Day day) {
  const auto& hidden = world.hidden[number];
  const auto& body = world.bodies[hidden.body];
  PrintedRow row;
  row.owner = number;
  row.cells = {{Column::state, state_text(body.state)},
               {Column::agency, body.name},
               {Column::agency_type, body.type},
               {Column::county, body.county},
               {Column::model, model_text(hidden.model)}};
  if (hidden.list == List::pending) return row;
  row.cells[Column::signed_on] = to_string(Date{hidden.signed_on});
  row.cells[Column::moa] = hidden.moa_from <= day ? hidden.moa_file : "";
  row.cells[Column::addendum] = hidden.addendum_from <= day ? hidden.addendum_file : "";
  return row;
}

/// The row with its slips, and the row beside it. Where the same cell is wrong in the first already
/// there is no second: two wrong names or dates could be two agreements'.
void add_rows(const PrintedRow& right, const std::vector<Slip>& slips, Day day,
              std::vector<PrintedRow>& rows) {
  const auto holds = [&](const Slip& slip) { return slip.from <= day && day < slip.to; };
  auto row = right;
  for (const auto& slip : slips)
    if (holds(slip) && !slip.doubled) {
      row.cells[slip.column] = slip.text;
      row.disguised = row.disguised || slip.disguised;
    }
  rows.push_back(row);
  for (const auto& slip : slips)
    if (holds(slip) && slip.doubled && row.cells[slip.column] == right.cells.at(slip.column)) {
      rows.push_back(row);
      rows.back().cells[slip.column] = slip.text;
    }
}

samples::Cell cell(const PrintedRow& row, Column column) {
  const auto found = row.cells.find(column);
  const auto text = found == row.cells.end() ? std::string{} : found->second;
  if (column != Column::moa && column != Column::addendum) return {text, ""};
  if (text.empty()) return {column == Column::moa ? "link pending" : "", ""};
  return {column == Column::moa ? "link" : "addendum", moa_folder + text};
}

}  // namespace

std::string state_text(const std::string& code) { return std::string(find_state(code)->name); }

std::string model_text(const std::string& model) {
  return model == "JEM"   ? "Jail Enforcement Model"
         : model == "WSO" ? "Warrant Service Officer"
                          : "Task Force Model";
}

std::vector<PrintedRow> rows_on(const World& world, List list, Day day,
                                const std::vector<std::vector<Slip>>& slips) {
  std::vector<PrintedRow> rows;
  for (std::size_t i = 0; i < world.hidden.size(); ++i)
    if (world.hidden[i].list == list && world.hidden[i].listed_on(day))
      add_rows(true_row(world, i, day), slips[i], day, rows);
  const auto key = [](const PrintedRow& row) {
    return std::tie(row.cells.at(Column::state), row.cells.at(Column::agency),
                    row.cells.at(Column::model), row.owner);
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const auto& one, const auto& other) { return key(one) < key(other); });
  return rows;
}

samples::EditionText laid_out(const std::vector<PrintedRow>& rows,
                              const std::vector<Column>& columns) {
  samples::EditionText text;
  for (const auto column : columns) text.columns.emplace_back(parsers::header_of(column));
  for (const auto& row : rows) {
    auto& cells = text.rows.emplace_back();
    for (const auto column : columns) cells.push_back(cell(row, column));
  }
  return text;
}

bool needs_county(const World& world, const std::vector<PrintedRow>& rows) {
  std::map<std::string, std::size_t> owners;  // by what tells them apart else
  return std::any_of(rows.begin(), rows.end(), [&](const PrintedRow& row) {
    const auto& hidden = world.hidden[row.owner];
    const auto& body = world.bodies[hidden.body];
    return body.told_by_county &&
           owners.emplace(body.state + body.name + hidden.model, row.owner).first->second !=
               row.owner;
  });
}

bool wants_county(const World& world, const std::vector<PrintedRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [&](const PrintedRow& row) {
    return world.bodies[world.hidden[row.owner].body].told_by_county;
  });
}

}  // namespace agreementd::generator
