#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "model/hash.h"
#include "model/listing.h"
#include "parsers/columns.h"

namespace agreementd::parsers {

/// What a row prints in each known column, in the order of `Column`; links unwrapped.
using PrintedRow = std::array<std::string, known_columns>;

/// The content hash (`parsers/list.h`). Hashed text: the names of the columns, then the rows,
/// sorted; each item, and each cell in an item, as its length in bytes, a colon and itself, so that
/// nothing can be mistaken for something else.
Sha256 content_hash(const std::set<Column>& columns, const std::vector<PrintedRow>& rows);

}  // namespace agreementd::parsers
