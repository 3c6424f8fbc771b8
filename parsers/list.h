#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/listing.h"
#include "model/result.h"

namespace agreementd::parsers {

/// Raised with every change of what the parsers make of a document; stored with what they made.
inline constexpr int reading_version = 1;

/// How much of a document we are willing to unpack, enforced while unpacking. The largest list ever
/// published inflates to 1.5 MB at 13:1 with 23 entries.
struct Limits {
  std::size_t inflated_bytes = 64U << 20U;  ///< of one workbook, all entries together
  std::size_t inflation_ratio = 100;        ///< inflated : packed, per entry of more than 1 MiB
  std::size_t entries = 1000;               ///< files in the workbook
  std::size_t rows = 100'000;               ///< rows of the list
};

/// Reads a list: an .xlsx workbook, or a page whose HTML holds the roster as a table. Which of the
/// two is decided by the bytes alone; which list it is, by its columns alone (only the
/// participating list has SIGNED). Every non-blank row becomes a listing, readable or not.
///
/// The content hash is SHA-256 of the sorted rows. A row is the known columns the list has, by
/// name, each with its printed text: white space collapsed, case kept, dates ISO, links unwrapped.
/// Column order, unknown columns and row order do not count; an exact duplicate row does.
///
/// Error: one line naming `name` and the reason (truncated, password-protected, an HTML page
/// without a roster, columns missing, a DOCTYPE in its XML, too large …). `name` is used for
/// nothing else.
Result<Reading> read_list(std::string_view bytes, const std::string& name,
                          const Limits& limits = {});

}  // namespace agreementd::parsers
