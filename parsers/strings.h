#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parsers/xml.h"

/// Texts of a workbook (ECMA-376 part 1, 18.4): shared by all cells, or inline in one.
namespace agreementd::parsers {

/// The text of an `<si>` or `<is>`: plain, or runs of rich text one after the other; without
/// phonetic hints.
std::string string_item(const pugi::xml_node& item);

/// The table of shared strings.
std::vector<std::string> shared_strings(const pugi::xml_node& table);

/// `_x000D_` and the like (ST_Xstring): characters that XML cannot hold, as Excel writes them.
std::string decode_escapes(std::string text);

}  // namespace agreementd::parsers
