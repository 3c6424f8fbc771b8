#include "parsers/content.h"

#include <algorithm>
#include <string_view>

namespace agreementd::parsers {
namespace {

void append(std::string& text, std::string_view item) {
  text.append(std::to_string(item.size())).append(":").append(item);
}

}  // namespace

Sha256 content_hash(const std::set<Column>& columns, const std::vector<PrintedRow>& rows) {
  std::vector<std::string> lines;
  lines.reserve(rows.size());
  for (const auto& row : rows) {
    std::string line;
    for (const Column column : columns) append(line, row[static_cast<std::size_t>(column)]);
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  std::string names;
  for (const Column column : columns) append(names, to_string(column));
  append(text, names);
  for (const auto& line : lines) append(text, line);
  return sha256(text);
}

}  // namespace agreementd::parsers
