#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/queries.h"
#include "storage/store.h"

namespace agreementd::testing {

/// The standing entries without what depends on when and how they were recorded, and with ids by
/// the number in which they first come: any order and batching gives the same up to a renaming of
/// ids.
inline std::vector<std::string> told(storage::Store& store) {
  const auto table = storage::changes(store, {});
  const std::set<std::string> left_out{"seq", "recorded_at", "cause"};
  const std::set<std::string> ids{"agreement_id", "agency_id", "related_id"};
  std::vector<std::pair<std::string, std::vector<std::string>>> entries;
  for (const auto& row : table.rows) {
    auto& [facts, named] = entries.emplace_back();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (ids.contains(table.columns[i]))
        named.push_back(row[i].value_or(""));
      else if (!left_out.contains(table.columns[i]))
        facts += row[i].value_or("") + "|";
    }
  }
  std::ranges::sort(entries);
  std::map<std::string, std::string> numbers{{"", ""}};
  std::vector<std::string> lines;
  for (const auto& [facts, named] : entries) {
    lines.push_back(facts);
    for (const auto& id : named)
      lines.back() += numbers.emplace(id, std::to_string(numbers.size())).first->second + "|";
  }
  return lines;
}

}  // namespace agreementd::testing
