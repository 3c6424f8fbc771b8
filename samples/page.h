#pragma once

#include <string>

#include "samples/edition_text.h"

namespace agreementd::samples {

/// The edition as the web page that held the roster as a table before February 2025. The markup is
/// ours and has what such pages had: a table for the layout before the roster's, paragraphs in
/// cells.
std::string page_html(const EditionText& edition);

}  // namespace agreementd::samples
