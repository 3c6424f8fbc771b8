#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/listing.h"
#include "model/outcome.h"
#include "parsers/source_page.h"

namespace agreementd::parsers {

/// What was asked for.
enum class Due {
  page,      ///< the page that links the lists, or holds one itself
  workbook,  ///< a list behind a link
  either,    ///< a link that may lead to a list, or to some page
};

/// What an answer of the source holds, whatever it is called.
struct Content {
  /// ok, blocked, link_missing, empty, truncated, too_large, wrong_type or unreadable.
  Outcome outcome = Outcome::ok;
  std::string detail;              ///< of a failure: one line
  std::optional<Reading> reading;  ///< it is a list
  SourcePage page;                 ///< the links of HTML
};

/// Judges bytes that were served as a good answer. A list is a list wherever it comes from. HTML
/// without one is a page that is due, if it has links to lists; behind a link to a workbook it is a
/// barrier. `name` (of the file, or the URL) is for the detail.
Content read_answer(std::string_view bytes, const std::string& name, Due due);

}  // namespace agreementd::parsers
