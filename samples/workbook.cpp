#include "samples/workbook.h"

#include <chrono>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>
#include <zip.h>

#include "model/result.h"
#include "samples/workbook_parts.h"

namespace agreementd::samples {
namespace {

constexpr const char* main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* relationship_ns =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct Entry {
  std::string name;
  std::string bytes;
};

/// Days since 1899-12-30: the 1900 date system, right from March 1900 on.
long serial_number(Date date) {
  using namespace std::chrono;
  return (sys_days(date) - sys_days(year(1899) / December / 30)).count();
}

/// `A1`-style name. Columns A to Z suffice for ICE's lists.
std::string cell_name(std::size_t column, std::size_t row) {
  return fmt::format("{}{}", static_cast<char>('A' + column), row);
}

/// Builds the sheet, its relationships and the shared strings together: they refer to each other.
class Sheet {
 public:
  Sheet() : root_(add_root(sheet_, "worksheet", main_ns)) {
    root_.append_attribute("xmlns:r") = relationship_ns;
    data_ = root_.append_child("sheetData");
    strings_root_ = add_root(strings_, "sst", main_ns);
    relationships_root_ = add_root(relationships_, "Relationships",
                                   "http://schemas.openxmlformats.org/package/2006/relationships");
  }

  void add_row(const std::vector<Cell>& cells) {
    ++row_;
    auto row = data_.append_child("row");
    row.append_attribute("r") = row_;
    for (std::size_t column = 0; column < cells.size(); ++column)
      add_cell(row, cell_name(column, row_), cells[column]);
  }

  [[nodiscard]] std::string sheet() const { return print(sheet_); }
  [[nodiscard]] std::string strings() const { return print(strings_); }
  [[nodiscard]] std::string relationships() const { return print(relationships_); }

 private:
  void add_cell(pugi::xml_node row, const std::string& name, const Cell& cell) {
    if (cell.text.empty()) return;
    auto node = row.append_child("c");
    node.append_attribute("r") = name.c_str();
    if (const auto date = parse_date(cell.text)) {
      node.append_attribute("s") = 1;
      node.append_child("v").text() = serial_number(*date);
    } else {
      node.append_attribute("t") = "s";
      node.append_child("v").text() = string_index(cell.text);
    }
    if (!cell.target.empty()) add_link(name, cell.target);
  }

  std::size_t string_index(const std::string& text) {
    const auto [place, is_new] = index_.emplace(text, index_.size());
    if (is_new) strings_root_.append_child("si").append_child("t").text() = text.c_str();
    return place->second;
  }

  void add_link(const std::string& name, const std::string& target) {
    if (!links_) links_ = root_.append_child("hyperlinks");
    const std::string id = fmt::format("rId{}", ++link_count_);
    auto link = links_.append_child("hyperlink");
    link.append_attribute("ref") = name.c_str();
    link.append_attribute("r:id") = id.c_str();
    auto relationship = relationships_root_.append_child("Relationship");
    relationship.append_attribute("Id") = id.c_str();
    relationship.append_attribute("Type") =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
    relationship.append_attribute("Target") = target.c_str();
    relationship.append_attribute("TargetMode") = "External";
  }

  pugi::xml_document sheet_, strings_, relationships_;
  pugi::xml_node root_, data_, links_, strings_root_, relationships_root_;
  std::map<std::string, std::size_t> index_;
  std::size_t row_ = 0;
  int link_count_ = 0;
};

std::vector<Entry> entries_of(const EditionText& edition) {
  Sheet sheet;
  std::vector<Cell> header;
  header.reserve(edition.columns.size());
  for (const auto& column : edition.columns) header.push_back({column, ""});
  sheet.add_row(header);
  for (const auto& row : edition.rows) sheet.add_row(row);
  return {{"[Content_Types].xml", content_types()},
          {"_rels/.rels", package_relationships()},
          {"docProps/core.xml", core_properties(edition.saved_at.value_or(Instant{}))},
          {"xl/workbook.xml", workbook_part()},
          {"xl/_rels/workbook.xml.rels", workbook_relationships()},
          {"xl/styles.xml", styles()},
          {"xl/sharedStrings.xml", sheet.strings()},
          {"xl/worksheets/sheet1.xml", sheet.sheet()},
          {"xl/worksheets/_rels/sheet1.xml.rels", sheet.relationships()}};
}

/// `entry.bytes` must live until the archive is closed.
bool add_entry(zip_t* archive, const Entry& entry) {
  constexpr zip_uint16_t first_of_january_1980 = 1U << 5U | 1U;
  zip_source_t* source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
  if (source == nullptr) return false;
  const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  const auto at = static_cast<zip_uint64_t>(index);
  return zip_set_file_compression(archive, at, ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime(archive, at, 0, first_of_january_1980, 0) == 0;
}

}  // namespace

void write_workbook(const EditionText& edition, const std::string& path) {
  const std::vector<Entry> entries = entries_of(edition);
  int code = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (archive == nullptr)
    throw Failure(fmt::format("cannot create {}: libzip error {}", path, code));
  for (const auto& entry : entries) {
    if (add_entry(archive, entry)) continue;
    const std::string reason = zip_strerror(archive);
    zip_discard(archive);
    throw Failure(fmt::format("cannot add {} to {}: {}", entry.name, path, reason));
  }
  if (zip_close(archive) == 0) return;
  const std::string reason = zip_strerror(archive);
  zip_discard(archive);
  throw Failure(fmt::format("cannot write {}: {}", path, reason));
}

}  // namespace agreementd::samples
