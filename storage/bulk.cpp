#include "storage/bulk.h"

#include <utility>

#include "storage/values.h"

namespace agreementd::storage {

BulkInsert::BulkInsert(std::string table, std::vector<Column> columns)
    : table_(std::move(table)), columns_(std::move(columns)), values_(columns_.size()) {}

void BulkInsert::add(const Values& row) {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i].push_back(row.at(i));
}

std::string BulkInsert::statement() const {
  std::string names;
  std::string casts;
  std::string arrays;
  std::string aliases;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto number = std::to_string(i + 1);
    const std::string comma = i == 0 ? "" : ", ";
    names += comma + columns_[i].name;
    casts += comma + "c" + number + "::" + columns_[i].type;
    arrays += comma + "$" + number + "::text[]";
    aliases += comma + "c" + number;
  }
  return "INSERT INTO " + table_ + " (" + names + ") SELECT " + casts + " FROM unnest(" + arrays +
         ") WITH ORDINALITY AS given (" + aliases + ", place) ORDER BY place ";
}

std::size_t BulkInsert::insert(Transaction& transaction, const std::string& on_conflict) {
  if (values_.front().empty()) return 0;
  Values parameters;
  for (auto& column : values_) {
    parameters.emplace_back(text_array(column));
    column.clear();
  }
  return transaction.execute(statement() + on_conflict, parameters);
}

}  // namespace agreementd::storage
