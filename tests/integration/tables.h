#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "storage/table.h"

/// What is in a table that a query answered.
namespace agreementd::testing {

using Texts = std::vector<std::string>;

inline std::string text_at(const storage::Table& table, std::size_t row,
                           const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i] == column) return table.rows.at(row).at(i).value_or("NULL");
  throw std::out_of_range("no column " + column);
}

inline Texts column(const storage::Table& table, const std::string& name) {
  Texts values;
  for (std::size_t i = 0; i < table.rows.size(); ++i) values.push_back(text_at(table, i, name));
  return values;
}

}  // namespace agreementd::testing
