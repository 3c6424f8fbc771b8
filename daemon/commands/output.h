#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/queries.h"

/// Tables as people and programs read them.
namespace agreementd::daemon {

enum class Format { table, csv, jsonl };
std::optional<Format> parse_format(std::string_view text);

/// CSV with the quoting of RFC 4180, lines ending in LF, a header line first; absent is empty.
/// Stable: programs depend on it.
///
/// Safe in a spreadsheet: a cell that begins with `=`, `+`, `-`, `@`, a tab, CR or LF, which a
/// spreadsheet would run as a formula, gets an apostrophe before it, unless it is a plain number
/// (`-12`, `0.5`). Where the exact text matters take JSON lines, which change nothing.
///
/// `terminal`: what is printed can be seen by a terminal, so control characters are escaped.
std::string format_csv(const storage::Table& table, bool terminal = false);

/// One JSON object a line, keys in the order of the columns; absent is null. Numbers, booleans, the
/// objects `before` and `after`, and the list `fields` are JSON's own; all else is text.
std::string format_jsonl(const storage::Table& table);

/// Aligned columns with a header and a rule below it; numbers to the right. Where the table takes
/// more than `width` (columns of the terminal; 0: no limit) its widest columns are shortened,
/// though never below 13: then lines are longer.
std::string format_table(const storage::Table& table, std::size_t width = 0);

/// The table with only the columns named, in that order; those it does not have are left out.
storage::Table with_columns(const storage::Table& table, const std::vector<std::string>& names);

/// The table without the columns that say nothing in any row.
storage::Table without_empty_columns(const storage::Table& table);

/// The cell of the column, empty where it is absent or there is no such column.
std::string cell(const storage::Table& table, std::size_t row, std::string_view column);

}  // namespace agreementd::daemon
