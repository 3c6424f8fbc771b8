#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace agreementd::parsers {

/// A part of a workbook, parsed in place: it owns the text its nodes point into.
class Xml {
 public:
  /// Throws `Unreadable`, naming `part`: not well-formed, not UTF-8, a DOCTYPE or entity
  /// declaration (pugixml would skip them in silence), or so many elements that the tree would fill
  /// the memory (more than `max_elements`).
  Xml(std::string text, const std::string& part, std::size_t max_elements);
  Xml(const Xml&) = delete;
  Xml& operator=(const Xml&) = delete;

  [[nodiscard]] pugi::xml_node root() const { return document_.document_element(); }

 private:
  std::string text_;
  pugi::xml_document document_;
};

/// The name without its prefix: `x:row` is `row`. Writers differ in prefixes.
std::string_view local_name(const char* name);
inline bool is(const pugi::xml_node& node, std::string_view name) {
  return local_name(node.name()) == name;
}
/// The first child of that local name, or a null node.
pugi::xml_node child(const pugi::xml_node& parent, std::string_view name);
/// The value of the attribute of that local name; empty: absent.
std::string_view attribute(const pugi::xml_node& node, std::string_view name);
/// Whether a flag (`1`, `true`) is set.
bool flag(const pugi::xml_node& node, std::string_view name);

}  // namespace agreementd::parsers
