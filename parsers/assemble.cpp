#include "parsers/assemble.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "parsers/budget.h"
#include "parsers/columns.h"
#include "parsers/content.h"
#include "parsers/listing.h"
#include "parsers/text.h"
#include "parsers/unreadable.h"

namespace agreementd::parsers {
namespace {

/// Titles and notes may stand above the header, but not a list of them.
constexpr std::size_t header_within = 100;

/// A table with the row that names a list's columns.
struct Candidate {
  const Table* table = nullptr;
  std::size_t first = 0;  ///< index of the row after the header
  Columns columns;
  std::vector<std::string> oddities;

  [[nodiscard]] List list() const {
    return columns.has(Column::signed_on) ? List::participating : List::pending;
  }
  [[nodiscard]] bool has_rows() const { return first < table->rows.size(); }
};

struct Search {
  std::vector<Candidate> found;
  Columns best;  ///< of the row that names the most columns, for the error
};

void search(const Table& table, Search& result) {
  const std::size_t end = std::min(table.rows.size(), header_within);
  for (std::size_t i = 0; i < end; ++i) {
    std::vector<std::string> oddities;
    const Columns columns = read_header(table.rows[i], oddities);
    if (columns.all().size() > result.best.all().size()) result.best = columns;
    if (!columns.enough()) continue;
    result.found.push_back({&table, i + 1, columns, std::move(oddities)});
    return;
  }
}

Search search(const std::vector<Table>& tables) {
  Search result;
  for (const auto& table : tables) search(table, result);
  return result;
}

[[noreturn]] void missing_columns(const Columns& best) {
  std::string missing;
  for (const Column column : {Column::state, Column::agency, Column::model})
    if (!best.has(column)) missing.append(missing.empty() ? "" : ", ").append(header_of(column));
  throw Unreadable(fmt::format(
      "workbook without the columns of a list ({} not found); check that it is one of ICE's lists",
      missing));
}

/// Which candidates are the list; the others are noted in `oddities`.
std::vector<Candidate> choose(std::vector<Candidate> found, Source source,
                              std::vector<std::string>& oddities) {
  const auto shown = [](const Candidate& c) { return !c.table->hidden && c.has_rows(); };
  const auto visible = [](const Candidate& c) { return !c.table->hidden; };
  auto main = std::find_if(found.begin(), found.end(), shown);
  if (main == found.end()) main = std::find_if(found.begin(), found.end(), visible);
  if (main == found.end()) main = found.begin();
  const auto* main_table = main->table;
  const List list = main->list();

  std::vector<Candidate> chosen;
  for (auto& candidate : found) {
    const bool part = source == Source::page && candidate.list() == list;
    if (part || candidate.table == main_table) {
      chosen.push_back(std::move(candidate));
    } else {
      oddities.push_back(fmt::format(
          "another {} list of {} rows is not read{}", to_string(candidate.list()),
          candidate.table->rows.size() - candidate.first,
          candidate.table->name.empty() ? "" : " (sheet \"" + candidate.table->name + "\")"));
    }
  }
  if (chosen.size() > 1)
    oddities.push_back(fmt::format("printed in {} tables, read as one", chosen.size()));
  return chosen;
}

/// Collects the rows of a list.
class Assembly {
 public:
  Assembly(Reading& reading, const Limits& limits) : reading_(reading), budget_(limits) {}

  void add(Candidate& candidate) {
    for (auto& oddity : candidate.oddities) reading_.oddities.push_back(std::move(oddity));
    const auto columns = candidate.columns.all();
    reading_.columns.insert(columns.begin(), columns.end());
    const auto& rows = candidate.table->rows;
    for (std::size_t i = candidate.first; i < rows.size(); ++i) add(rows[i], candidate);
    if (!rows.empty()) row_offset_ += rows.back().number;
  }

  void finish() { reading_.content = content_hash(reading_.columns, printed_); }

 private:
  void add(const Row& row, const Candidate& candidate) {
    if (is_blank(row, candidate.columns)) {
      note_stray_text(row);
      return;
    }
    if (is_header_again(row, candidate)) {
      note(row, "repeats the header");
      return;
    }
    budget_.check_row_count(reading_.listings.size() + 1);
    auto read = read_listing(row, candidate.columns, candidate.table->epoch_1904);
    read.listing.row += row_offset_;
    reading_.listings.push_back(std::move(read.listing));
    printed_.push_back(std::move(read.printed));
  }

  static bool is_header_again(const Row& row, const Candidate& candidate) {
    std::vector<std::string> ignored;
    const Cell* state = row.at(candidate.columns.of(Column::state).value_or(-1));
    if (!state || state->text.size() > header_length) return false;
    return plain_words(state->text) == header_of(Column::state) &&
           read_header(row, ignored).enough();
  }

  void note_stray_text(const Row& row) {
    for (const auto& cell : row.cells)
      if (const auto text = printed_text(cell.text); !text.empty() && !cell.from_above)
        note(row, fmt::format("has only \"{}\", in no known column", text));
  }

  void note(const Row& row, const std::string& what) {
    reading_.oddities.push_back(fmt::format("row {} {}", row.number + row_offset_, what));
  }

  static constexpr std::size_t header_length = 20;

  Reading& reading_;
  Budget budget_;
  std::vector<PrintedRow> printed_;
  int row_offset_ = 0;
};

}  // namespace

bool has_list(const std::vector<Table>& tables) { return !search(tables).found.empty(); }

Reading assemble(const std::vector<Table>& tables, Source source, const Limits& limits) {
  Search result = search(tables);
  if (result.found.empty()) missing_columns(result.best);
  Reading reading;
  auto chosen = choose(std::move(result.found), source, reading.oddities);
  reading.list = chosen.front().list();
  Assembly assembly(reading, limits);
  for (auto& candidate : chosen) assembly.add(candidate);
  assembly.finish();
  if (reading.list == List::pending && reading.columns.contains(Column::moa))
    reading.oddities.emplace_back("a MOA column, but no SIGNED: read as the pending list");
  return reading;
}

}  // namespace agreementd::parsers
