#include "alerts/unicode.h"

#include <cstdint>

namespace agreementd::alerts {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// Of the form that begins with `first`; 0: none does.
std::size_t sequence_length(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

bool is_scalar_of(char32_t code, std::size_t length) {
  if (length == 3) return code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
  return length != 4 || (code >= 0x10000 && code <= 0x10FFFF);
}

/// Takes one character, or one byte that is none, from `rest` (not empty).
char32_t take(std::string_view& rest) {
  const auto first = static_cast<std::uint8_t>(rest[0]);
  const std::size_t length = sequence_length(first);
  char32_t code = length < 2 ? first : first & (0x7FU >> length);
  bool valid = length > 0 && length <= rest.size();
  for (std::size_t i = 1; valid && i < length; ++i) {
    const auto byte = static_cast<std::uint8_t>(rest[i]);
    valid = (byte & 0xC0U) == 0x80;
    code = code << 6 | (byte & 0x3FU);
  }
  valid = valid && is_scalar_of(code, length);
  rest.remove_prefix(valid ? length : 1);
  return valid ? code : replacement;
}

void append(std::string& text, char32_t code) {
  const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
  const auto follow = [&](unsigned shift) { byte(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    follow(0);
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    follow(6);
    follow(0);
  } else {
    byte(0xF0 | code >> 18);
    follow(12);
    follow(6);
    follow(0);
  }
}

}  // namespace

std::u32string characters(std::string_view utf8) {
  std::u32string result;
  while (!utf8.empty()) result += take(utf8);
  return result;
}

std::string utf8(std::u32string_view characters) {
  std::string text;
  for (const auto code : characters) append(text, code);
  return text;
}

std::size_t length(std::string_view utf8) { return characters(utf8).size(); }

}  // namespace agreementd::alerts
