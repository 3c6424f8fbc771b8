#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "model/time.h"

/// The sample lists: written as text, built into workbooks and pages (samples/README.md).
namespace agreementd::samples {

/// A cell as ICE prints it, and the link under it.
struct Cell {
  std::string text;
  std::string target;  ///< URL; empty: no link
};

/// One edition of a list.
struct EditionText {
  std::string file_name;            ///< as ICE would name it; `.xlsx` or `.html` decides the format
  std::optional<Instant> saved_at;  ///< of a workbook (docProps/core.xml)
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;  ///< each as long as `columns`
};

/// Reads an edition's text: `#` comments, then `key: value` lines (`file`, `saved`, `links`), then
/// the table, columns separated by ` | `, its first line the header. A cell `link -> NAME` links to
/// `links` + NAME; `link -> safelinks:NAME` to the same, wrapped as a mail filter does.
/// Error: names `name`, the line and what is wrong with it.
Result<EditionText> parse_edition_text(std::string_view text, const std::string& name);

}  // namespace agreementd::samples
