#pragma once

#include <string_view>
#include <vector>

#include "parsers/list.h"
#include "parsers/table.h"

namespace agreementd::parsers {

/// Every `<table>` of a page, in the order of the page, each without the tables inside it. Cells
/// keep their links; one that spans columns moves the next ones on, the text of one that spans rows
/// stands in each. Throws `Unreadable` beyond a limit.
std::vector<Table> read_page(std::string_view html, const Limits& limits);

}  // namespace agreementd::parsers
