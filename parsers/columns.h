#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/listing.h"
#include "parsers/table.h"

namespace agreementd::parsers {

inline constexpr std::size_t known_columns = 8;

/// Which column of a table is which, by header text, in any order.
class Columns {
 public:
  /// The column, from 0; nothing where the table lacks it.
  [[nodiscard]] std::optional<int> of(Column column) const {
    const int at = at_[static_cast<std::size_t>(column)];
    return at < 0 ? std::nullopt : std::optional(at);
  }
  [[nodiscard]] bool has(Column column) const { return of(column).has_value(); }
  [[nodiscard]] std::set<Column> all() const;
  /// Whether a list can be read by them: state, agency and model are there.
  [[nodiscard]] bool enough() const;
  void set(Column column, int at) { at_[static_cast<std::size_t>(column)] = at; }

 private:
  std::array<int, known_columns> at_{-1, -1, -1, -1, -1, -1, -1, -1};
};

/// The columns that `row` names, if it is a header. What was odd (a name twice, a misspelled one)
/// goes to `oddities`.
Columns read_header(const Row& row, std::vector<std::string>& oddities);

/// What ICE prints above the column.
std::string_view header_of(Column column);

}  // namespace agreementd::parsers
