#include "parsers/xml.h"

#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "parsers/unreadable.h"

namespace agreementd::parsers {
namespace {

/// Where the text goes on after `end`, searched from `from`; the end of the text where there is
/// none.
std::size_t after(std::string_view text, std::string_view end, std::size_t from) {
  const std::size_t found = text.find(end, from);
  return found == std::string_view::npos ? text.size() : found + end.size();
}

/// Looks at every `<`: counts elements, refuses declarations. What pugixml is not told to keep it
/// skips, a DOCTYPE with its entities too; no list of ICE's has ever had one.
void check(std::string_view text, const std::string& part, std::size_t max_elements) {
  std::size_t elements = 0;
  std::size_t at = 0;
  while ((at = text.find('<', at)) != std::string_view::npos) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = after(text, "-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = after(text, "]]>", at);
    } else if (rest.starts_with("<?")) {
      at = after(text, "?>", at);
    } else if (rest.starts_with("<!")) {
      throw Unreadable(
          fmt::format("DOCTYPE or entity declaration in the workbook's XML ({}): not "
                      "written by Excel; check where it came from",
                      part));
    } else {
      if (!rest.starts_with("</")) ++elements;
      ++at;
    }
  }
  if (elements > max_elements)
    throw Unreadable(
        fmt::format("workbook with more than {} elements in its XML ({}): not a list "
                    "of ICE's; check where it came from",
                    max_elements, part));
}

constexpr unsigned options = pugi::parse_escapes | pugi::parse_wconv_attribute | pugi::parse_eol |
                             pugi::parse_cdata | pugi::parse_ws_pcdata_single |
                             pugi::parse_embed_pcdata;

}  // namespace

Xml::Xml(std::string text, const std::string& part, std::size_t max_elements)
    : text_(std::move(text)) {
  if (text_.starts_with("\xFE\xFF") || text_.starts_with("\xFF\xFE") ||
      std::string_view(text_).substr(0, 4).find('\0') != std::string_view::npos)
    throw Unreadable(fmt::format("workbook whose XML is not UTF-8 ({}); save it with Excel", part));
  check(text_, part, max_elements);
  const auto result =
      document_.load_buffer_inplace(text_.data(), text_.size(), options, pugi::encoding_utf8);
  if (!result || !root())
    throw Unreadable(fmt::format("workbook with damaged XML ({}: {}); download it again", part,
                                 result.description()));
}

std::string_view local_name(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon ? colon + 1 : name;
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  for (const auto& node : parent.children())
    if (is(node, name)) return node;
  return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const auto& each : node.attributes())
    if (local_name(each.name()) == name) return each.value();
  return {};
}

bool flag(const pugi::xml_node& node, std::string_view name) {
  const auto value = attribute(node, name);
  return value == "1" || value == "true" || value == "on";
}

}  // namespace agreementd::parsers
