#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/listing.h"
#include "samples/edition_text.h"
#include "tests/generator/clerk.h"
#include "tests/generator/world.h"

namespace agreementd::generator {

/// A row as printed, by column. The links' cells hold the names of their files.
struct PrintedRow {
  std::map<Column, std::string> cells;
  std::size_t owner = 0;   ///< which of `World::hidden` it is: what the program has to find out
  bool disguised = false;  ///< as another body's, another state's or of another model
};

/// `TEXAS`, `Task Force Model`: as ICE prints them.
std::string state_text(const std::string& code);
std::string model_text(const std::string& model);

/// The rows of what is listed on `day`, slips and all, in the order of the list: by state, agency
/// and model. `slips`: by the number of the hidden agreement.
std::vector<PrintedRow> rows_on(const World& world, List list, Day day,
                                const std::vector<std::vector<Slip>>& slips);

/// The rows laid out as a sheet with these columns.
samples::EditionText laid_out(const std::vector<PrintedRow>& rows,
                              const std::vector<Column>& columns);

/// True where two of the agreements could not be told apart without COUNTY.
bool needs_county(const World& world, const std::vector<PrintedRow>& rows);

/// True where one of the agreements is of a body that only its county tells from another: COUNTY
/// must have been there from its first row on, or nobody could say which of them it was.
bool wants_county(const World& world, const std::vector<PrintedRow>& rows);

}  // namespace agreementd::generator
