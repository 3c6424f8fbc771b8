#pragma once

#include <string>

#include "samples/edition_text.h"

namespace agreementd::samples {

/// Writes the edition to `path` as a workbook laid out like ICE's (ECMA-376): one sheet, shared
/// strings, dates as serial numbers with a date format, links in the sheet's relationships. The
/// same edition always gives the same bytes: entries are stored, not deflated, and dated
/// 1980-01-01. An edition without `saved_at` was saved in 1970. Throws Failure where the file
/// cannot be written.
void write_workbook(const EditionText& edition, const std::string& path);

}  // namespace agreementd::samples
