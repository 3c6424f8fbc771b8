#include <algorithm>

#include "daemon/commands/output.h"
#include "daemon/commands/output_columns.h"
#include "model/json.h"

namespace agreementd::daemon {
namespace {

/// The parts of `text` between semicolons as a JSON array; none of an empty text.
std::string array_of_parts(const std::string& text) {
  std::string array;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(';', begin), text.size());
    if (begin > 0) array += ',';
    array += json_string(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return '[' + array + ']';
}

/// Text that is not of its column's kind stays text: nothing is lost or made up.
std::string json_value(const std::string& text, ColumnKind kind) {
  switch (kind) {
    case ColumnKind::text:
      break;
    case ColumnKind::words:
      return array_of_parts(text);
    case ColumnKind::number:
      if (json_type(text) == JsonType::number) return text;
      break;
    case ColumnKind::boolean:
      if (json_type(text) == JsonType::boolean) return text;
      break;
    case ColumnKind::object:
      if (json_type(text) == JsonType::object) return text;
      break;
  }
  return json_string(text);
}

}  // namespace

std::string format_jsonl(const storage::Table& table) {
  std::string out;
  for (const auto& row : table.rows) {
    out += '{';
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) out += ',';
      out += json_string(table.columns[i]) + ':';
      out += row[i] ? json_value(*row[i], column_kind(table.columns[i])) : "null";
    }
    out += "}\n";
  }
  return out;
}

}  // namespace agreementd::daemon
