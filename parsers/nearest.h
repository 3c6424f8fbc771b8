#pragma once

#include <cstddef>
#include <string_view>

namespace agreementd::parsers {

/// How many slips of one hand (a letter left out, added, exchanged, or two neighbours swapped) lie
/// between two words; `limit` + 1 where there are more than `limit`.
std::size_t slips_between(std::string_view a, std::string_view b, std::size_t limit);

/// How many slips a word can bear and still be meant: none below 4 letters, one below 8, else two.
constexpr std::size_t slips_allowed(std::string_view word) {
  return word.size() < 4 ? 0 : word.size() < 8 ? 1 : 2;
}

/// Whether `printed` is `word` with no more slips than it can bear.
bool is_near(std::string_view printed, std::string_view word);

}  // namespace agreementd::parsers
