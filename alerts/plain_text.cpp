#include "alerts/plain_text.h"

#include <algorithm>
#include <array>

#include "alerts/unicode.h"

namespace agreementd::alerts {
namespace {

struct Range {
  char32_t first, last;
};

/// Controls, separators of lines and paragraphs, the spaces of Unicode (White_Space).
constexpr std::array spaces{Range{0x0, 0x20},      Range{0x7F, 0xA0},     Range{0x1680, 0x1680},
                            Range{0x2000, 0x200A}, Range{0x2028, 0x2029}, Range{0x202F, 0x202F},
                            Range{0x205F, 0x205F}, Range{0x3000, 0x3000}};

/// Bidi_Control, characters of no width, tags, noncharacters that some programs choke on.
constexpr std::array invisible{Range{0xAD, 0xAD},     Range{0x34F, 0x34F},    Range{0x61C, 0x61C},
                               Range{0x180E, 0x180E}, Range{0x200B, 0x200F},  Range{0x202A, 0x202E},
                               Range{0x2060, 0x206F}, Range{0xFEFF, 0xFEFF},  Range{0xFFF9, 0xFFFB},
                               Range{0xFFFE, 0xFFFF}, Range{0xE0000, 0xE007F}};

template <std::size_t count>
bool in(const std::array<Range, count>& ranges, char32_t code) {
  return std::ranges::any_of(
      ranges, [&](const Range& range) { return range.first <= code && code <= range.last; });
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::u32string result;
  bool space = false;
  for (const auto code : characters(text)) {
    if (in(invisible, code)) continue;
    if (in(spaces, code)) {
      space = true;
      continue;
    }
    if (space && !result.empty()) result += U' ';
    space = false;
    result += code;
  }
  return utf8(result);
}

std::string shortened(std::string_view text, std::size_t most) {
  const auto all = characters(text);
  return all.size() <= most ? std::string(text) : utf8(all.substr(0, most - 1)) + "…";
}

bool is_linkable(std::string_view url) {
  constexpr std::size_t longest = 2000;
  if (url.size() > longest) return false;
  std::string_view rest = url;
  const auto colon = rest.find("://");
  if (colon == std::string_view::npos) return false;
  std::string scheme(rest.substr(0, colon));
  for (auto& c : scheme)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  rest.remove_prefix(colon + 3);
  const bool has_host = !rest.empty() && std::string_view("/?#").find(rest[0]) == rest.npos;
  return (scheme == "http" || scheme == "https") && has_host &&
         std::ranges::all_of(url, [](char c) {
           return c > ' ' && c <= '~' &&
                  std::string_view("\"'<>|\\^`{}").find(c) == std::string_view::npos;
         });
}

}  // namespace agreementd::alerts
