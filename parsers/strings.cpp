#include "parsers/strings.h"

#include <charconv>
#include <utility>

namespace agreementd::parsers {
namespace {

/// The control or ASCII character that the seven characters at `at` stand for; 0 where they are no
/// escape. Escapes of other characters are left: XML can hold those as they are.
char escaped_at(const std::string& text, std::size_t at) {
  if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_')
    return 0;
  unsigned code = 0;
  const char* first = text.data() + at + 2;
  const auto [end, error] = std::from_chars(first, first + 4, code, 16);
  return error == std::errc() && end == first + 4 && code < 0x80 ? static_cast<char>(code)
                                                                 : char{0};
}

}  // namespace

std::string decode_escapes(std::string text) {
  if (text.find("_x") == std::string::npos) return text;
  std::string decoded;
  for (std::size_t at = 0; at < text.size();) {
    if (const char c = escaped_at(text, at)) {
      decoded += c;
      at += 7;
    } else {
      decoded += text[at++];
    }
  }
  return decoded;
}

std::string string_item(const pugi::xml_node& item) {
  std::string text;
  for (const auto& node : item.children()) {
    if (is(node, "t")) {
      text += node.text().get();
    } else if (is(node, "r")) {
      text += child(node, "t").text().get();
    }
  }
  return decode_escapes(std::move(text));
}

std::vector<std::string> shared_strings(const pugi::xml_node& table) {
  std::vector<std::string> strings;
  for (const auto& item : table.children())
    if (is(item, "si")) strings.push_back(string_item(item));
  return strings;
}

}  // namespace agreementd::parsers
