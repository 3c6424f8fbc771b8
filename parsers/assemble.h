#pragma once

#include <vector>

#include "model/listing.h"
#include "parsers/list.h"
#include "parsers/table.h"

namespace agreementd::parsers {

enum class Source { workbook, page };

/// Whether any of the tables has the columns of a list.
bool has_list(const std::vector<Table>& tables);

/// The list among the tables. Of several sheets with a list's columns it is the first that is shown
/// and has rows: the others are copies or leftovers. On a page the list may be printed in several
/// tables: all that have the columns of the first one's kind (SIGNED or not) are it, one after the
/// other. What was left out is noted. Throws `Unreadable`: no table has the columns, or too many
/// rows.
Reading assemble(const std::vector<Table>& tables, Source source, const Limits& limits);

}  // namespace agreementd::parsers
