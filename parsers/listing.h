#pragma once

#include <string>

#include "model/listing.h"
#include "parsers/columns.h"
#include "parsers/content.h"
#include "parsers/table.h"

namespace agreementd::parsers {

/// A row read, and what the content hash has of it.
struct ReadRow {
  Listing listing;
  PrintedRow printed;
};

/// Whether no known column of `row` has a text of its own (one that came from a merged cell above
/// is none).
bool is_blank(const Row& row, const Columns& columns);

/// Reads a row that is not blank.
ReadRow read_listing(const Row& row, const Columns& columns, bool epoch_1904);

}  // namespace agreementd::parsers
