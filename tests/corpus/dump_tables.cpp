// Prints what we read in each workbook before any of it is understood, one line of JSON per file:
// {"file": …, "listings": …, "sheets": [{"name": …, "cells": [[row, column, text, date, link],
// …]}]}. Rows and columns from 1; `date` is what the cell's number means as a date, `link` the
// target, null: none; `listings` is how many rows the list has once understood. For
// compare_with_openpyxl.py.

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

#include "parsers/list.h"
#include "parsers/signed_date.h"
#include "parsers/unreadable.h"
#include "parsers/workbook.h"

namespace agreementd {
namespace {

using nlohmann::json;

json dump(const parsers::Cell& cell, int row, bool epoch_1904) {
  json date;
  if (cell.number)
    if (const auto day = parsers::date_of_serial(*cell.number, epoch_1904)) date = to_string(*day);
  const json link = cell.links.empty() ? json() : json(cell.links.front().target);
  return {row, cell.column + 1, cell.text, date, link};
}

json dump(const parsers::Table& table) {
  json cells = json::array();
  for (const auto& row : table.rows)
    for (const auto& cell : row.cells) cells.push_back(dump(cell, row.number, table.epoch_1904));
  return {{"name", table.name}, {"cells", cells}};
}

bool dump(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  try {
    json sheets = json::array();
    for (const auto& table : parsers::read_workbook(bytes, {}).sheets)
      sheets.push_back(dump(table));
    const auto reading = parsers::read_list(bytes, path);
    if (!reading) throw parsers::Unreadable(reading.error());
    const json line{{"file", path}, {"listings", reading->listings.size()}, {"sheets", sheets}};
    std::cout << line.dump() << '\n';
    return true;
  } catch (const parsers::Unreadable& reason) {
    std::cerr << path << ": " << reason.what() << '\n';
    return false;
  }
}

}  // namespace
}  // namespace agreementd

int main(int count, char** arguments) {
  bool all = true;
  for (int i = 1; i < count; ++i) all = agreementd::dump(arguments[i]) && all;
  return all ? 0 : 1;
}
