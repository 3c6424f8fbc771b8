#include "daemon/commands/change_text.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands/output.h"
#include "daemon/report_text.h"
#include "model/json.h"

namespace agreementd::daemon {
namespace {

using Members = std::map<std::string, std::string>;

Members members(const storage::Table& changes, std::size_t row, std::string_view column) {
  return parse_json_strings(cell(changes, row, column)).value_or(Members{});
}

std::string what(const storage::Table& changes, std::size_t row) {
  auto before = members(changes, row, "before");
  auto after = members(changes, row, "after");
  std::vector<std::string> parts;
  const std::string fields = cell(changes, row, "fields");
  for (std::size_t begin = 0; begin < fields.size();) {
    const auto end = std::min(fields.find(';', begin), fields.size());
    const auto field = fields.substr(begin, end - begin);
    parts.push_back(field_text(field, before[field], after[field]));
    begin = end + 1;
  }
  if (const auto seq = cell(changes, row, "retracts_seq"); !seq.empty())
    parts.push_back(fmt::format("entry {} does not hold", seq));
  if (parts.empty()) parts.push_back(cell(changes, row, "reason"));
  if (cell(changes, row, "unconfirmed") == "true") parts.emplace_back("unconfirmed");
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

storage::Table readable_changes(const storage::Table& changes) {
  storage::Table result = changes;
  result.columns.insert(result.columns.end(), {"date", "what"});
  const auto kind = std::ranges::find(result.columns, "kind") - result.columns.begin();
  for (std::size_t row = 0; row < result.rows.size(); ++row) {
    result.rows[row].insert(result.rows[row].end(),
                            {cell(changes, row, "effective_date"), what(changes, row)});
    if (cell(changes, row, "kind") == "terminated" && cell(changes, row, "list") == "pending")
      result.rows[row][static_cast<std::size_t>(kind)] = "left";
  }
  return result;
}

}  // namespace agreementd::daemon
