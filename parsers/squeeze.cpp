#include "parsers/squeeze.h"

#include <algorithm>
#include <cstdint>

namespace agreementd::parsers {
namespace {

constexpr char32_t broken = 0xFFFD;

struct Character {
  char32_t code;
  std::size_t length;  // bytes
};

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// The character at `at` (RFC 3629: no overlong forms, surrogates or codes beyond U+10FFFF).
Character decode(std::string_view text, std::size_t at) {
  const unsigned char first = byte_at(text, at);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return {broken, 1};
  char32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned char next = byte_at(text, at + i);
    if ((next & 0xC0U) != 0x80) return {broken, 1};
    code = code << 6U | (next & 0x3FU);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least[length] || code > 0x10FFFF || surrogate) return {broken, 1};
  return {code, length};
}

bool is_space(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Soft hyphen, zero-width and direction marks: nobody sees them, and they can make a text look
/// like another.
bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

/// Most cells need nothing: visible ASCII with single spaces inside.
bool is_tidy(std::string_view text) {
  char previous = ' ';
  for (const char c : text) {
    if (c < 0x20 || c > 0x7E || (c == ' ' && previous == ' ')) return false;
    previous = c;
  }
  return text.empty() || previous != ' ';
}

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string squeeze(std::string_view text) {
  if (is_tidy(text)) return std::string(text);
  std::string squeezed;
  squeezed.reserve(text.size());
  bool space_due = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = decode(text, at);
    if (is_space(code)) {
      space_due = !squeezed.empty();
    } else if (!is_invisible(code)) {
      if (space_due) squeezed += ' ';
      space_due = false;
      squeezed += code == broken ? std::string_view("\xEF\xBF\xBD") : text.substr(at, length);
    }
    at += length;
  }
  return squeezed;
}

std::string plain_words(std::string_view text) {
  std::string words;
  bool space_due = false;
  for (const char c : squeeze(text)) {
    if (is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80) {
      if (space_due && !words.empty()) words += ' ';
      space_due = false;
      words += upper(c);
    } else {
      space_due = space_due || (c != '.' && c != '\'');
    }
  }
  return words;
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char c) { return lower(c); });
  return lowered;
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace agreementd::parsers
