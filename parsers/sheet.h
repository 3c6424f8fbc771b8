#pragma once

#include <string>
#include <vector>

#include "parsers/budget.h"
#include "parsers/package.h"
#include "parsers/table.h"

namespace agreementd::parsers {

/// What a sheet refers to.
struct SheetContext {
  const std::vector<std::string>& strings;  ///< shared by the workbook
  const Relationships& relationships;       ///< of this sheet: the targets of its links
};

/// The rows of a worksheet (ECMA-376 part 1, 18.3.1) that have any text, hidden or not. Cells hold
/// the stored value (of a formula: the last computed one), links the hyperlinks that cover them,
/// HYPERLINK formulas too. The text of a merged cell stands in each row it covers. Throws
/// `Unreadable` beyond a limit.
std::vector<Row> read_sheet(const pugi::xml_node& worksheet, const SheetContext& context,
                            Budget& budget);

}  // namespace agreementd::parsers
