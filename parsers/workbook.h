#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/time.h"
#include "parsers/list.h"
#include "parsers/table.h"

namespace agreementd::parsers {

struct Workbook {
  std::vector<Table> sheets;          ///< in the order of their tabs
  std::optional<Instant> saved_at;    ///< docProps/core.xml, `dcterms:modified`
  std::vector<std::string> oddities;  ///< of the workbook as a whole
};

/// Reads an .xlsx workbook (ECMA-376, transitional or strict). Throws `Unreadable`: what is no
/// readable workbook, beyond a limit, or has a DOCTYPE in any XML read.
Workbook read_workbook(std::string_view bytes, const Limits& limits);

}  // namespace agreementd::parsers
