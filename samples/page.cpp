#include "samples/page.h"

#include <sstream>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace agreementd::samples {
namespace {

void fill(pugi::xml_node parent, const Cell& cell, bool in_paragraph) {
  if (in_paragraph) parent = parent.append_child("p");
  if (!cell.target.empty()) {
    parent = parent.append_child("a");
    parent.append_attribute("href") = cell.target.c_str();
  }
  parent.text() = cell.text.c_str();
}

std::string table_html(const EditionText& edition) {
  pugi::xml_document document;
  auto table = document.append_child("table");
  table.append_attribute("class") = "table table-striped";
  auto head = table.append_child("thead").append_child("tr");
  for (const auto& column : edition.columns) {
    auto cell = head.append_child("th");
    cell.append_attribute("scope") = "col";
    cell.text() = column.c_str();
  }
  auto body = table.append_child("tbody");
  std::size_t number = 0;
  for (const auto& cells : edition.rows) {
    auto row = body.append_child("tr");
    ++number;
    for (std::size_t column = 0; column < cells.size(); ++column)
      fill(row.append_child("td"), cells[column], column == 1 && number % 5 == 0);
  }
  std::ostringstream out;
  document.save(
      out, "", pugi::format_raw | pugi::format_no_declaration | pugi::format_no_empty_element_tags);
  return out.str();
}

}  // namespace

std::string page_html(const EditionText& edition) {
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><title>Delegation of Immigration Authority Section 287(g)</title></head>
<body>
<header><nav><table><tr><td><a href="/">Home</a></td><td><a href="/about">About</a></td></tr></table></nav></header>
<main>
<h1>Delegation of Immigration Authority Section 287(g) Immigration and Nationality Act</h1>
<p>The program currently has {} agreements.</p>
<h2>Participating Entities</h2>
{}
</main>
</body>
</html>
)",
                     edition.rows.size(), table_html(edition));
}

}  // namespace agreementd::samples
