#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/connection.h"

namespace agreementd::storage {

/// Many rows in one statement: `INSERT … SELECT … FROM unnest(…)`. About twice the time of COPY,
/// which libpqxx 6 and 7 offer in two ways that have nothing in common. Rows are inserted in the
/// order added.
class BulkInsert {
 public:
  struct Column {
    std::string name;
    std::string type;  ///< PostgreSQL's
  };
  BulkInsert(std::string table, std::vector<Column> columns);

  /// One row: a value for each column.
  void add(const Values& row);
  /// Inserts what was added and forgets it. Answers the number of rows written, which is less than
  /// what was added where `on_conflict` (such as `ON CONFLICT DO NOTHING`) leaves some out.
  std::size_t insert(Transaction& transaction, const std::string& on_conflict = "");

 private:
  [[nodiscard]] std::string statement() const;

  std::string table_;
  std::vector<Column> columns_;
  std::vector<Values> values_;  // one per column
};

}  // namespace agreementd::storage
