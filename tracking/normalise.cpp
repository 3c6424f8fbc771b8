#include "tracking/normalise.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "tracking/words.h"

namespace agreementd::tracking {
namespace {

/// Base letters of U+00C0 … U+00FF (Latin-1 supplement); a space where there is none.
constexpr std::string_view latin1_letters =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

/// Calls `sink` with each character folded to lower-case ASCII; '\'' for any apostrophe, ' ' for
/// anything that is no letter, digit, '&' or '.'.
template <typename Sink>
void for_each_folded(std::string_view text, Sink sink) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (byte < 0x80) {
      const char c = static_cast<char>(std::tolower(byte));
      const bool kept = std::isalnum(byte) != 0 || c == '&' || c == '.' || c == '\'';
      sink(c == '`' ? '\'' : kept ? c : ' ');
    } else if (byte == 0xC3 && i + 1 < text.size()) {
      sink(latin1_letters[static_cast<std::uint8_t>(text[++i]) & 0x3FU]);
    } else {
      // U+2018 ‘, U+2019 ’ and U+02BC ʼ are apostrophes; every other character parts words.
      const auto rest = text.substr(i, 3);
      const bool quote = rest == "\u2018" || rest == "\u2019" || rest.substr(0, 2) == "\u02BC";
      sink(quote ? '\'' : ' ');
      while (i + 1 < text.size() && (static_cast<std::uint8_t>(text[i + 1]) & 0xC0U) == 0x80) ++i;
    }
  }
}

/// Words of the text: apostrophes vanish, `&` is a word of its own.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words(1);
  for_each_folded(text, [&](char c) {
    if (c == '\'') return;
    if (c == '&') {
      words.emplace_back("and");
      words.emplace_back();
    } else if (c == ' ' || c == '.') {
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

bool is_number(const std::string& word) {
  static const std::unordered_set<std::string> roman{"ii", "iii", "iv", "vi", "vii", "viii", "ix"};
  return std::isdigit(static_cast<unsigned char>(word[0])) != 0 || roman.contains(word);
}

/// `sheriffs` → `sheriff`; not `cass`, `ellis`, `columbus`.
std::string singular(std::string word) {
  const auto n = word.size();
  if (n > 3 && word[n - 1] == 's' && std::string_view("sui").find(word[n - 2]) == std::string::npos)
    word.pop_back();
  return word;
}

}  // namespace

Name normalise_name(std::string_view agency) {
  auto printed = join_initials(split(agency));
  if (printed.size() > 2 && printed[0] == "city" && printed[1] == "of")
    printed.erase(printed.begin(), printed.begin() + 2);
  Name name;
  for (const auto& word : printed)
    for (const auto& full : written_out(word))
      if (auto base = singular(full); !is_filler(base)) name.words.push_back(std::move(base));
  if (name.words.empty()) name.words = printed;  // a name of filler words alone is still a name
  for (const auto& word : name.words) {
    if (!name.key.empty()) name.key += ' ';
    name.key += word;
    if (is_number(word)) name.numbers.push_back(word);
  }
  std::sort(name.numbers.begin(), name.numbers.end());
  return name;
}

std::string fold_text(std::string_view text) {
  std::string folded;
  for (const auto& word : split(text)) folded += word;
  return folded;
}

std::string normalise_county(std::string_view county) {
  std::string folded;
  for (const auto& word : split(county))
    if (const auto base = singular(word); base != "county" && base != "parish" && base != "co")
      folded += base == "st" ? "saint" : base;
  return folded;
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
