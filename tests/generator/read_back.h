#pragma once

#include "model/input.h"
#include "model/listing.h"
#include "samples/edition_text.h"
#include "tests/generator/press.h"

namespace agreementd::generator {

/// What the parsers make of the edition, without writing a workbook and reading it again: the rows
/// go through the parsers' own reading of rows, the saved time is taken over. A test holds it
/// against the workbook's reading.
Reading reading_of(const samples::EditionText& text);

/// The publication as an import sees it.
Sighting sighting_of(const Publication& publication, const Reading& reading);

}  // namespace agreementd::generator
