#include "parsers/list.h"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "parsers/assemble.h"
#include "parsers/budget.h"
#include "parsers/page.h"
#include "parsers/read.h"
#include "parsers/squeeze.h"
#include "parsers/unreadable.h"
#include "parsers/workbook.h"

namespace agreementd::parsers {
namespace {

constexpr std::string_view zip_start = "PK\x03\x04";
constexpr std::string_view empty_zip_start = "PK\x05\x06";
constexpr std::string_view ole2_start = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What Office wraps a workbook with a password in: an OLE2 container with a stream of this name
/// ([MS-OFFCRYPTO] 2.3.4.4), UTF-16.
bool is_encrypted(std::string_view bytes) {
  using namespace std::string_view_literals;
  return bytes.find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv) != std::string_view::npos;
}

bool named_like_a_workbook(const std::string& name) { return lower(name).ends_with(".xlsx"); }

Reading read_from_workbook(std::string_view bytes, const Limits& limits) {
  Workbook workbook = read_workbook(bytes, limits);
  Reading reading = assemble(workbook.sheets, Source::workbook, limits);
  reading.saved_at = workbook.saved_at;
  for (auto& oddity : workbook.oddities) reading.oddities.push_back(std::move(oddity));
  return reading;
}

Reading read_from_page(std::string_view bytes, const std::string& name, const Limits& limits) {
  if (bytes.size() > limits.inflated_bytes)
    throw Unreadable(fmt::format("page of more than {} MiB; check where it came from",
                                 limits.inflated_bytes >> 20U),
                     Outcome::too_large);
  const auto tables = read_page(bytes, limits);
  if (!has_list(tables))
    throw Unreadable(named_like_a_workbook(name)
                         ? "HTML page under a workbook's name, without a table of the list's "
                           "columns; download it again"
                         : "HTML page without a table of the list's columns; check that it is one "
                           "of ICE's lists");
  return assemble(tables, Source::page, limits);
}

}  // namespace

bool is_markup(std::string_view bytes) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  const auto first = bytes.find_first_not_of(" \t\r\n\f");
  return first != std::string_view::npos && bytes[first] == '<';
}

std::string error_line(const std::string& name, const std::string& reason) {
  return fmt::format("cannot read {}: {}", squeeze(name), squeeze(reason));
}

Reading read(std::string_view bytes, const std::string& name, const Limits& limits) {
  if (bytes.empty()) throw Unreadable("empty; download it again", Outcome::empty);
  if (bytes.starts_with(zip_start) || bytes.starts_with(empty_zip_start))
    return read_from_workbook(bytes, limits);
  if (bytes.starts_with(ole2_start))
    throw Unreadable(is_encrypted(bytes)
                         ? "password-protected workbook; save it without a password"
                         : "old workbook (.xls) or other OLE2 file; save it as .xlsx");
  if (is_markup(bytes)) return read_from_page(bytes, name, limits);
  throw Unreadable(
      "neither an .xlsx workbook nor an HTML page; check that it is one of ICE's lists",
      Outcome::wrong_type);
}

Result<Reading> read_list(std::string_view bytes, const std::string& name, const Limits& limits) {
  try {
    return read(bytes, name, limits);
  } catch (const Unreadable& reason) {
    return Error{error_line(name, reason.what())};
  }
}

}  // namespace agreementd::parsers
