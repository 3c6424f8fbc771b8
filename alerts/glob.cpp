#include "alerts/glob.h"

#include <optional>

#include "alerts/unicode.h"

namespace agreementd::alerts {
namespace {

/// Latin-1's capitals lie 32 below their small letters, but for the multiplication sign.
char32_t folded(char32_t code) {
  const bool capital =
      (code >= U'A' && code <= U'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
  return capital ? code + 32 : code;
}

bool same(char32_t pattern, char32_t character) {
  return pattern == U'?' || folded(pattern) == folded(character);
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view text) {
  const auto p = characters(pattern);
  const auto t = characters(text);
  std::size_t at = 0;  // in the pattern
  std::optional<std::size_t> star;
  std::size_t resume = 0;  // in the text: where the last star's part would end next
  for (std::size_t i = 0; i < t.size();) {
    if (at < p.size() && p[at] == U'*') {
      star = at++;
      resume = i;
    } else if (at < p.size() && same(p[at], t[i])) {
      ++at;
      ++i;
    } else if (star) {
      at = *star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (at < p.size() && p[at] == U'*') ++at;
  return at == p.size();
}

}  // namespace agreementd::alerts
