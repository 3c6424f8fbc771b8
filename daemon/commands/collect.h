#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/history.h"

namespace agreementd::daemon {

/// Whether a file that begins like this can be a list at all: a ZIP archive (a workbook), an OLE
/// container (a password-protected or old workbook) or HTML. By content: names prove nothing.
bool may_be_list(std::string_view head);

struct Collection {
  std::vector<Candidate> candidates;  ///< by path, each once
  int skipped = 0;                    ///< files found in folders that are no list
  std::vector<std::string> notes;     ///< one line per link to a folder that was not followed
  std::vector<std::string> errors;    ///< one line per path that cannot be read
};

/// The files of `paths`; folders with all below them, links to folders not followed. A file named
/// here is taken whatever it holds; one found in a folder where it may be a list, or is named as a
/// workbook (.xlsx, .xlsm, .xls) and therefore should be one. Only regular files are read.
Collection collect_lists(const std::vector<std::string>& paths);

}  // namespace agreementd::daemon
