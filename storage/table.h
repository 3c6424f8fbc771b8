#pragma once

#include <optional>
#include <string>
#include <vector>

namespace agreementd::storage {

/// A text, or NULL.
using Value = std::optional<std::string>;
using Values = std::vector<Value>;

/// An answer, ready to be printed: dates ISO, times UTC with Z, booleans `true`/`false`, NULL
/// absent.
struct Table {
  std::vector<std::string> columns;
  std::vector<Values> rows;
};

}  // namespace agreementd::storage
