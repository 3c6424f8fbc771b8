#include "tests/generator/read_back.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "parsers/assemble.h"
#include "parsers/table.h"

namespace agreementd::generator {
namespace {

/// As the workbook stores it: a date as the number of days since 30 December 1899.
parsers::Cell stored(const samples::Cell& cell, int column) {
  parsers::Cell result;
  result.column = column;
  result.text = cell.text;
  if (const auto date = parse_date(cell.text)) {
    const auto serial = (Day{*date} - Day{std::chrono::year{1899} / 12 / 30}).count();
    result.number = static_cast<double>(serial);
    result.text = std::to_string(serial);
  }
  if (!cell.target.empty()) result.links.push_back({"", cell.target});
  return result;
}

parsers::Row stored(const std::vector<samples::Cell>& cells, int number) {
  parsers::Row row;
  row.number = number;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!cells[i].text.empty()) row.cells.push_back(stored(cells[i], static_cast<int>(i)));
  return row;
}

}  // namespace

Reading reading_of(const samples::EditionText& text) {
  parsers::Table table;
  table.name = "Sheet1";
  std::vector<samples::Cell> header;
  for (const auto& column : text.columns) header.push_back({column, ""});
  int number = 1;
  table.rows.push_back(stored(header, number));
  for (const auto& row : text.rows) table.rows.push_back(stored(row, ++number));
  auto reading = parsers::assemble({std::move(table)}, parsers::Source::workbook, {});
  reading.saved_at = text.saved_at;
  return reading;
}

std::string stand_in(const Publication& publication) {
  return fmt::format("{} {}", publication.number, publication.text.file_name);
}

Sighting sighting_of(const Publication& publication, const Reading& reading) {
  Sighting sighting;
  sighting.fetch_id = static_cast<std::int64_t>(publication.number) + 1;
  sighting.document = sha256(stand_in(publication));
  sighting.file_name = publication.text.file_name;
  sighting.seen_at = Instant{publication.day + std::chrono::days{400}};
  sighting.reading = {reading.list, reading.content, reading.saved_at,
                      static_cast<int>(reading.listings.size())};
  return sighting;
}

std::vector<std::size_t> order_of(const std::vector<tracking::Arranged>& arranged,
                                  const std::map<Sha256, std::size_t>& documents) {
  std::vector<std::size_t> order;
  order.reserve(arranged.size());
  for (const auto& each : arranged) order.push_back(documents.at(each.edition.document));
  return order;
}

const Reading& SecondReading::next() {
  const auto number = order_.at(next_++);
  for (; printed_ <= number; ++printed_) {
    const auto publication = press_.next();
    if (wanted_.contains(printed_)) kept_.emplace(printed_, reading_of(publication->text));
  }
  current_ = std::move(kept_.extract(number).mapped());
  return current_;
}

}  // namespace agreementd::generator
