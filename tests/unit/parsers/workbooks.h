#pragma once

#include <map>
#include <string>
#include <vector>

#include "parsers/list.h"

/// Workbooks for tests, zipped from readable parts.
namespace agreementd::parsers::test {

/// Path in the zip → content.
using Parts = std::map<std::string, std::string>;

/// A zip of `parts`, deflated.
std::string zip(const Parts& parts);

/// The parts of a workbook with this one sheet (`<worksheet>…`), saved on 1 August 2025, 12:00 UTC.
Parts workbook_parts(const std::string& worksheet);

/// The same, from `tests/data/QUIRK.sheet.xml` and what belongs to it: `.strings.xml`, `.rels.xml`
/// (of the sheet), `.workbook.xml`.
Parts fixture_parts(const std::string& quirk);

/// A file of `tests/data`.
std::string data_file(const std::string& name);

/// Rows of cells; one that begins with `=` is a number.
using Grid = std::vector<std::vector<std::string>>;
std::string worksheet_of(const Grid& grid);
/// A workbook with that one sheet.
std::string workbook_of(const Grid& grid);
/// A page with that one table.
std::string page_of(const Grid& grid);

/// Reads, and fails the test with the error where it cannot.
Reading read(const std::string& bytes, const Limits& limits = {});
/// The error of reading `list.xlsx`; empty where there is none.
std::string error_of(const std::string& bytes, const Limits& limits = {});

}  // namespace agreementd::parsers::test
