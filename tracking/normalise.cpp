#include "tracking/normalise.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <optional>

#include "tracking/words.h"

namespace agreementd::tracking {
namespace {

/// Base letters of U+00C0 … U+00FF (Latin-1 supplement); a space where there is none.
constexpr std::string_view latin1_letters =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
/// The same of U+0100 … U+017F (Latin extended A).
constexpr std::string_view extended_letters =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin1_letters.size() == 64 && extended_letters.size() == 128);

/// The character at the start of `rest`, more than one byte long. U+2018 ‘, U+2019 ’, U+02BB ʻ and
/// U+02BC ʼ are apostrophes, signs and symbols part words, letters of other scripts are letters.
std::string fold_wide(std::string_view rest, std::size_t length) {
  const auto character = rest.substr(0, length);
  const auto lead = static_cast<std::uint8_t>(character[0]);
  if (character == "\u2018" || character == "\u2019" || character == "\u02BB" ||
      character == "\u02BC")
    return "'";
  const auto second = length > 1 ? static_cast<std::uint8_t>(character[1]) & 0x3FU : 0U;
  if (length == 2 && lead == 0xC3) return std::string(1, latin1_letters[second]);
  if (length == 2 && (lead == 0xC4 || lead == 0xC5))
    return std::string(1, extended_letters[(lead - 0xC4U) * 64 + second]);
  // Latin-1 signs, general punctuation and symbols, CJK punctuation, full-width forms and byte
  // order marks, and all that lies beyond the first plane.
  const bool sign =
      length < 2 || lead == 0xC2 || lead == 0xE2 || lead >= 0xEF || (lead == 0xE3 && second == 0);
  return sign ? " " : std::string(character);
}

/// What becomes of each ASCII character.
constexpr auto folded_ascii = [] {
  std::array<char, 128> table{};
  table.fill(' ');
  for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) {
    table[static_cast<std::size_t>(c)] = c;
    table[static_cast<std::size_t>(c - 'a' + 'A')] = c;
  }
  for (const char c : {'&', '.', '\''}) table[static_cast<std::size_t>(c)] = c;
  table['`'] = '\'';
  return table;
}();

/// Calls `sink` with each character folded to lower case; "'" for any apostrophe, " " for anything
/// that is no letter, digit, '&' or '.'.
template <typename Sink>
void for_each_folded(std::string_view text, Sink sink) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (byte < 0x80) {
      sink(std::string_view(&folded_ascii[byte], 1));
      ++i;
    } else {
      std::size_t length = 1;
      while (i + length < text.size() &&
             (static_cast<std::uint8_t>(text[i + length]) & 0xC0U) == 0x80)
        ++length;
      sink(fold_wide(text.substr(i), length));
      i += length;
    }
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Words of the text: apostrophes vanish, `&` is a word of its own, a number too (`Pct1`).
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words(1);
  for_each_folded(text, [&](std::string_view c) {
    if (c == "'") return;
    if (is_digit(c[0]) && !words.back().empty() && !is_digit(words.back().front()))
      words.emplace_back();
    if (c == "&") {
      words.emplace_back("and");
      words.emplace_back();
    } else if (c == " " || c == ".") {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  });
  std::erase(words, "");
  return words;
}

/// `p d` (from `P.D.`) is `pd`.
std::vector<std::string> join_initials(const std::vector<std::string>& words) {
  std::vector<std::string> joined;
  bool in_initials = false;
  for (const auto& word : words) {
    const bool initial = word.size() == 1 && std::isalpha(static_cast<unsigned char>(word[0])) != 0;
    if (initial && in_initials)
      joined.back() += word;
    else
      joined.push_back(word);
    in_initials = initial;
  }
  return joined;
}

/// `02`, `2nd`, `second`, `two` and `ii` are `2`; nothing: no number. A lone letter is one only
/// after a word that is counted (`Precinct A`): elsewhere it is an initial.
std::optional<std::string> as_number(const std::string& word, const std::string& before) {
  if (is_digit(word[0])) {
    const auto end = word.find_first_not_of("0123456789");
    const auto rest = end == std::string::npos ? "" : word.substr(end);
    if (!rest.empty() && rest != "st" && rest != "nd" && rest != "rd" && rest != "th") return word;
    const auto digits = word.substr(0, end);
    const auto first = digits.find_first_not_of('0');
    return first == std::string::npos ? "0" : digits.substr(first);
  }
  const bool letter = word.size() == 1;
  if (letter && !is_counted(before)) return std::nullopt;
  const auto value = number_word(word);
  return value    ? std::optional(std::to_string(*value))
         : letter ? std::optional(word)
                  : std::nullopt;
}

/// `sheriffs` → `sheriff`; not `cass`, `ellis`, `columbus`.
std::string singular(std::string word) {
  const auto n = word.size();
  if (n > 3 && word[n - 1] == 's' && std::string_view("sui").find(word[n - 2]) == std::string::npos)
    word.pop_back();
  return word;
}

/// A state has one highway patrol: `State Highway Patrol` is `Highway Patrol`, whatever the order.
void drop_state_of_highway(std::vector<std::string>& words) {
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    std::array<std::string, 3> three{words[i], words[i + 1], words[i + 2]};
    std::sort(three.begin(), three.end());
    if (three != std::array<std::string, 3>{"highway", "patrol", "state"}) continue;
    words[i] = "highway";
    words[i + 1] = "patrol";
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 2);
    return;
  }
}

}  // namespace

Name normalise_name(std::string_view agency) {
  auto printed = join_initials(split(agency));
  Name name;
  name.of_city = printed.size() > 2 && printed[0] == "city" && printed[1] == "of";
  if (name.of_city) printed.erase(printed.begin(), printed.begin() + 2);
  for (const auto& word : printed)
    for (const auto& full : written_out(word)) {
      // `Ward No. 3` is ward 3.
      if (full == "no" && !name.words.empty() && is_counted(name.words.back())) continue;
      const auto number = as_number(full, name.words.empty() ? "" : name.words.back());
      if (number) name.numbers.push_back(*number);
      if (auto base = number ? *number : singular(full); !is_filler(base))
        name.words.push_back(std::move(base));
    }
  drop_state_of_highway(name.words);
  if (name.words.empty()) name.words = printed;  // a name of filler words alone is still a name
  for (const auto& word : name.words) {
    if (!name.key.empty()) name.key += ' ';
    name.key += word;
  }
  std::sort(name.numbers.begin(), name.numbers.end());
  return name;
}

std::string fold_text(std::string_view text) {
  // The words one behind the other, without making them.
  std::string folded;
  folded.reserve(text.size());
  for_each_folded(text, [&](std::string_view c) {
    if (c == "&")
      folded += "and";
    else if (c != "'" && c != " " && c != ".")
      folded += c;
  });
  return folded;
}

std::string normalise_county(std::string_view county) {
  std::string names;
  while (!county.empty()) {
    const auto end = std::min(county.find_first_of(",;/"), county.size());
    std::string name;
    for (const auto& word : split(county.substr(0, end)))
      if (const auto base = singular(word); base != "county" && base != "parish" && base != "co")
        name += (name.empty() ? "" : " ") + (base == "st" ? "saint" : base);
    county.remove_prefix(std::min(end + 1, county.size()));
    // `Bee County, TX`: the state is none of several counties.
    const bool state = name.size() == 2 && !names.empty();
    if (!name.empty() && !state) names += (names.empty() ? "" : ";") + name;
  }
  return names;
}

std::string moa_file(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  url = url.substr(url.find_last_of('/') + 1);
  std::string decoded;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const auto hex = [&](std::size_t at) {
      return at < url.size()
                 ? std::string_view("0123456789abcdef")
                       .find(static_cast<char>(std::tolower(static_cast<unsigned char>(url[at]))))
                 : std::string_view::npos;
    };
    if (url[i] == '%' && hex(i + 1) < 16 && hex(i + 2) < 16) {
      decoded += static_cast<char>(hex(i + 1) << 4U | hex(i + 2));
      i += 2;
    } else {
      decoded += url[i];
    }
  }
  return fold_text(decoded);
}

int edit_distance(std::string_view one, std::string_view other) {
  // Three rows of the usual table: two back is needed for swaps of neighbours.
  const auto width = other.size() + 1;
  std::vector<int> before(width), last(width), row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= one.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j < width; ++j) {
      const int substitution = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
      row[j] = std::min({substitution, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[other.size()];
}

}  // namespace agreementd::tracking
