#pragma once

#include <string>

#include "tests/generator/press.h"

namespace agreementd::generator {

/// Writes the publication as a workbook to `folder`/`list`/, under the name ICE gave it; to
/// `same-name/` in there where a file has that name already (`same-name-2/` …). Answers the path.
/// Throws Failure where it cannot be written.
std::string write_workbook(const Publication& publication, const std::string& folder);

}  // namespace agreementd::generator
