#pragma once

#include <string>

#include "storage/table.h"

namespace agreementd::storage {

/// The conditions of a query and the values they are compared with. A value is never part of the
/// SQL.
class Filter {
 public:
  Filter() = default;
  explicit Filter(Values parameters) : parameters_(std::move(parameters)) {}

  /// Adds a condition; `?` in it stands for the value.
  void require(std::string condition, Value value) {
    parameters_.push_back(std::move(value));
    const auto place = condition.find('?');
    condition.replace(place, 1, "$" + std::to_string(parameters_.size()));
    require(condition);
  }
  void require(const std::string& condition) {
    sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition;
  }
  /// Adds a condition unless the text is empty (which means: all).
  void require_if_given(const std::string& condition, const std::string& text) {
    if (!text.empty()) require(condition, text);
  }

  [[nodiscard]] const std::string& sql() const { return sql_; }
  [[nodiscard]] const Values& parameters() const { return parameters_; }

 private:
  std::string sql_;
  Values parameters_;
};

}  // namespace agreementd::storage
