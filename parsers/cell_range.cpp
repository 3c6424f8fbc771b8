#include "parsers/cell_range.h"

#include <algorithm>

namespace agreementd::parsers {
namespace {

constexpr int last_row = 1'048'576;
constexpr int last_column = 16'383;

struct Corner {
  int row = 0;      // 0: none given
  int column = -1;  // -1: none given
};

std::optional<Corner> parse_corner(std::string_view text) {
  Corner corner;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '$') continue;
    if (c < 'A' || c > 'Z') break;
    corner.column = (corner.column + 1) * 26 + (c - 'A');
    if (corner.column > last_column) return std::nullopt;
  }
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '$') continue;
    if (c < '0' || c > '9') return std::nullopt;
    corner.row = corner.row * 10 + (c - '0');
    if (corner.row > last_row) return std::nullopt;
  }
  return corner.column < 0 ? std::nullopt : std::optional(corner);
}

}  // namespace

std::optional<CellRange> parse_range(std::string_view reference) {
  const auto colon = reference.find(':');
  const auto from = parse_corner(reference.substr(0, colon));
  const auto to =
      colon == std::string_view::npos ? from : parse_corner(reference.substr(colon + 1));
  if (!from || !to || from->row == 0 || to->row == 0) return std::nullopt;
  return CellRange{std::min(from->row, to->row), std::min(from->column, to->column),
                   std::max(from->row, to->row), std::max(from->column, to->column)};
}

std::optional<int> parse_column(std::string_view reference) {
  const auto corner = parse_corner(reference);
  return corner ? std::optional(corner->column) : std::nullopt;
}

}  // namespace agreementd::parsers
