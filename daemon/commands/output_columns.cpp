#include "daemon/commands/output_columns.h"

#include <algorithm>
#include <array>

namespace agreementd::daemon {
namespace {

template <std::size_t count>
bool among(const std::array<std::string_view, count>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 12> numbers{
    "seq",        "retracts_seq", "listings", "agreements", "count", "new",
    "reinstated", "terminated",   "net",      "tier",       "size",  "review"};
constexpr std::array<std::string_view, 3> booleans{"unconfirmed", "left_censored", "baseline"};
constexpr std::array<std::string_view, 2> objects{"before", "after"};
constexpr std::array<std::string_view, 2> words{"fields", "sightings"};

}  // namespace

ColumnKind column_kind(std::string_view column) {
  if (among(numbers, column)) return ColumnKind::number;
  if (among(booleans, column)) return ColumnKind::boolean;
  if (among(objects, column)) return ColumnKind::object;
  if (among(words, column)) return ColumnKind::words;
  return ColumnKind::text;
}

}  // namespace agreementd::daemon
