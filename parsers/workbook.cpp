#include "parsers/workbook.h"

#include <utility>

#include <fmt/format.h>

#include "parsers/package.h"
#include "parsers/sheet.h"
#include "parsers/squeeze.h"
#include "parsers/strings.h"
#include "parsers/unreadable.h"

namespace agreementd::parsers {
namespace {

/// Where the relationships of `source` place the part of that type.
std::optional<std::string> part_of_type(const Relationships& relationships, std::string_view type,
                                        std::string_view source) {
  for (const auto& [id, relationship] : relationships)
    if (relationship.type == type) return resolve(source, relationship.target);
  return std::nullopt;
}

std::vector<std::string> read_strings(Package& package, const Relationships& relationships,
                                      const std::string& workbook_path) {
  const auto path = part_of_type(relationships, "sharedStrings", workbook_path);
  const auto xml = path ? package.part(*path) : nullptr;
  return xml ? shared_strings(xml->root()) : std::vector<std::string>{};
}

void read_saved_at(Package& package, const Relationships& of_package, Workbook& workbook) {
  const auto path = part_of_type(of_package, "core-properties", "").value_or("docProps/core.xml");
  const auto xml = package.part(path);
  if (!xml) return;
  const std::string text = squeeze(child(xml->root(), "modified").text().get());
  if (text.empty()) return;
  workbook.saved_at = parse_instant(text);
  // Excel's own beginning; a clock that was not set says a year before it.
  if (workbook.saved_at && new_york_date(*workbook.saved_at).year() < std::chrono::year{1985})
    workbook.saved_at.reset();
  if (!workbook.saved_at)
    workbook.oddities.push_back(fmt::format("saved time \"{}\" is none", text));
}

struct Parts {
  Package& package;
  std::string workbook_path;
  Relationships of_workbook;
  std::vector<std::string> strings;
  Budget budget;
};

/// A worksheet; nothing for a chart, or a sheet whose part is missing.
std::optional<Table> read_table(Parts& parts, const pugi::xml_node& sheet) {
  const auto found = parts.of_workbook.find(attribute(sheet, "id"));
  if (found == parts.of_workbook.end() || found->second.type != "worksheet") return std::nullopt;
  const std::string path = resolve(parts.workbook_path, found->second.target);
  const auto xml = parts.package.part(path);
  if (!xml) return std::nullopt;
  const Relationships relationships = parts.package.relationships(path);
  Table table;
  table.name = squeeze(attribute(sheet, "name"));
  table.hidden = attribute(sheet, "state").ends_with("idden");  // `hidden`, `veryHidden`
  table.rows = read_sheet(xml->root(), {parts.strings, relationships}, parts.budget);
  return table;
}

}  // namespace

Workbook read_workbook(std::string_view bytes, const Limits& limits) {
  Package package(bytes, limits);
  const Relationships of_package = package.relationships("");
  const std::string path =
      part_of_type(of_package, "officeDocument", "").value_or("xl/workbook.xml");
  const auto xml = package.part(path);
  if (!xml || !is(xml->root(), "workbook"))
    throw Unreadable("zip without a workbook in it; check that it is one of ICE's lists");

  Workbook workbook;
  read_saved_at(package, of_package, workbook);
  Parts parts{package, path, package.relationships(path), {}, Budget(limits)};
  parts.strings = read_strings(package, parts.of_workbook, path);
  const bool epoch_1904 = flag(child(xml->root(), "workbookPr"), "date1904");
  for (const auto& sheet : child(xml->root(), "sheets").children()) {
    auto table = read_table(parts, sheet);
    if (!table) {
      workbook.oddities.push_back(
          fmt::format("sheet \"{}\" has no rows to read", squeeze(attribute(sheet, "name"))));
      continue;
    }
    table->epoch_1904 = epoch_1904;
    workbook.sheets.push_back(std::move(*table));
  }
  return workbook;
}

}  // namespace agreementd::parsers
