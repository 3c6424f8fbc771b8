#include "workbooks.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zip.h>

namespace agreementd::parsers::test {
namespace {

constexpr const char* office =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr const char* package = "http://schemas.openxmlformats.org/package/2006";
constexpr const char* main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

std::string relationships(const std::vector<std::vector<std::string>>& all) {
  std::string xml = fmt::format("<Relationships xmlns=\"{}/relationships\">", package);
  for (const auto& one : all)
    xml +=
        fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"/>", one[0], one[1], one[2]);
  return xml + "</Relationships>";
}

std::string escaped(const std::string& text) {
  std::string xml;
  for (const char c : text) {
    if (c == '&') {
      xml += "&amp;";
    } else if (c == '<') {
      xml += "&lt;";
    } else {
      xml += c;
    }
  }
  return xml;
}

std::string cell_xml(const std::string& value) {
  if (value.starts_with('=')) return "<c><v>" + value.substr(1) + "</v></c>";
  return "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(value) + "</t></is></c>";
}

}  // namespace

std::string zip(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(memory);
  zip_t* archive = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
  for (const auto& [path, content] : parts) {
    if (path.ends_with('/')) {
      zip_dir_add(archive, path.c_str(), 0);
      continue;
    }
    zip_file_add(archive, path.c_str(),
                 zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_OVERWRITE);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_stat_t stat;
  zip_source_stat(memory, &stat);
  zip_source_open(memory);
  std::string bytes(stat.size, '\0');
  EXPECT_EQ(zip_source_read(memory, bytes.data(), bytes.size()),
            static_cast<zip_int64_t>(stat.size));
  zip_source_close(memory);
  zip_source_free(memory);
  return bytes;
}

Parts workbook_parts(const std::string& worksheet) {
  const std::string core_type = std::string(package) + "/relationships/metadata/core-properties";
  return {
      {"_rels/.rels",
       relationships({{"rId1", std::string(office) + "/officeDocument", "xl/workbook.xml"},
                      {"rId2", core_type, "docProps/core.xml"}})},
      {"docProps/core.xml",
       "<cp:coreProperties xmlns:cp=\"x\" xmlns:dcterms=\"y\">"
       "<dcterms:modified>2025-08-01T12:00:00Z</dcterms:modified></cp:coreProperties>"},
      {"xl/workbook.xml",
       fmt::format("<workbook xmlns=\"{}\" xmlns:r=\"{}\"><workbookPr/><sheets>"
                   "<sheet name=\"List\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                   main_space, office)},
      {"xl/_rels/workbook.xml.rels",
       relationships({{"rId1", std::string(office) + "/worksheet", "worksheets/sheet1.xml"},
                      {"rId2", std::string(office) + "/sharedStrings", "sharedStrings.xml"}})},
      {"xl/worksheets/sheet1.xml", worksheet},
  };
}

std::string data_file(const std::string& name) {
  const auto path = std::filesystem::path(AGREEMENTD_SOURCE_DIR) / "tests" / "data" / name;
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

Parts fixture_parts(const std::string& quirk) {
  const auto folder = std::filesystem::path(AGREEMENTD_SOURCE_DIR) / "tests" / "data";
  Parts parts = workbook_parts(data_file(quirk + ".sheet.xml"));
  const std::map<std::string, std::string> places{
      {".strings.xml", "xl/sharedStrings.xml"},
      {".rels.xml", "xl/worksheets/_rels/sheet1.xml.rels"},
      {".workbook.xml", "xl/workbook.xml"}};
  for (const auto& [ending, path] : places)
    if (std::filesystem::exists(folder / (quirk + ending))) parts[path] = data_file(quirk + ending);
  return parts;
}

std::string worksheet_of(const Grid& grid) {
  std::string xml = fmt::format("<worksheet xmlns=\"{}\"><sheetData>", main_space);
  for (const auto& row : grid) {
    xml += "<row>";
    for (const auto& value : row) xml += cell_xml(value);
    xml += "</row>";
  }
  return xml + "</sheetData></worksheet>";
}

std::string workbook_of(const Grid& grid) { return zip(workbook_parts(worksheet_of(grid))); }

std::string page_of(const Grid& grid) {
  std::string html = "<!DOCTYPE html><table>";
  for (const auto& row : grid) {
    html += "<tr>";
    for (const auto& value : row) html += "<td>" + escaped(value) + "</td>";
    html += "</tr>";
  }
  return html + "</table>";
}

Reading read(const std::string& bytes, const Limits& limits) {
  const auto reading = read_list(bytes, "list.xlsx", limits);
  if (reading) return *reading;
  ADD_FAILURE() << reading.error();
  return {};
}

std::string error_of(const std::string& bytes, const Limits& limits) {
  const auto reading = read_list(bytes, "list.xlsx", limits);
  return reading ? std::string{} : reading.error();
}

}  // namespace agreementd::parsers::test
