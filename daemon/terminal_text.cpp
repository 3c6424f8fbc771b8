#include "daemon/terminal_text.h"

#include <algorithm>
#include <cwchar>

#include <fmt/format.h>
#include <locale.h>

namespace agreementd::daemon {
namespace {

/// The C library's knowledge of UTF-8 for this thread, whatever the environment's locale is.
class Utf8Locale {
 public:
  Utf8Locale() : previous_(uselocale(utf8())) {}
  ~Utf8Locale() { uselocale(previous_); }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  // Null (then the locale stays as it is) only where the C library lacks C.UTF-8.
  static locale_t utf8() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }
  locale_t previous_;
};

struct Character {
  std::string_view bytes;
  wchar_t code = 0;
  bool valid = true;
  int width = 0;  ///< columns; -1: not printable
};

/// The first character of `text` (not empty).
Character first_character(std::string_view text) {
  std::mbstate_t state{};
  wchar_t code = 0;
  const std::size_t size = std::mbrtowc(&code, text.data(), text.size(), &state);
  if (size == static_cast<std::size_t>(-1) || size == static_cast<std::size_t>(-2))
    return {text.substr(0, 1), static_cast<unsigned char>(text[0]), false, -1};
  const std::size_t length = size == 0 ? 1 : size;  // 0: the character NUL
  return {text.substr(0, length), code, true, ::wcwidth(code)};
}

template <typename Visit>
void each_character(std::string_view text, Visit visit) {
  const Utf8Locale utf8;
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!visit(character)) return;
    text.remove_prefix(character.bytes.size());
  }
}

/// Invisible, or changes the direction of what follows (Unicode's Bidi_Control and zero-width
/// ones).
bool misleading(wchar_t code) {
  return code == 0xAD || code == 0x61C || code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) ||
         code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
         (code >= 0xE0000 && code <= 0xE007F);
}

std::string escaped(const Character& character) {
  if (character.code == L'\n') return "\\n";
  if (character.code == L'\r') return "\\r";
  if (character.code == L'\t') return "\\t";
  // NOLINTNEXTLINE(bugprone-signed-char-misuse): it is a wchar_t
  const auto code = static_cast<unsigned>(character.code);
  return code < 0x100 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{{{:x}}}", code);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  each_character(text, [&](const Character& character) {
    const bool plain = character.valid && character.width >= 0 && !misleading(character.code) &&
                       character.code != 0;
    result += plain ? std::string(character.bytes) : escaped(character);
    return true;
  });
  return result;
}

bool is_utf8(std::string_view text) {
  bool valid = true;
  each_character(text, [&](const Character& character) { return valid = character.valid; });
  return valid;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  each_character(text, [&](const Character& character) {
    if (character.width > 0) width += static_cast<std::size_t>(character.width);
    return true;
  });
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string result;
  std::size_t used = 1;  // the ellipsis
  each_character(text, [&](const Character& character) {
    if (character.width > 0) used += static_cast<std::size_t>(character.width);
    if (used <= width) result += character.bytes;
    return used <= width;
  });
  return result + "…";
}

std::string padded(std::string_view text, std::size_t width, bool right_aligned) {
  const std::size_t used = display_width(text);
  const std::string fill(used < width ? width - used : 0, ' ');
  return right_aligned ? fill + std::string(text) : std::string(text) + fill;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string result;
  std::size_t column = indent;
  bool first = true;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const auto size = display_width(word);
    if (!first && column + 1 + size > width) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      result += ' ';
      ++column;
    }
    result += word;
    column += size;
    first = false;
  }
  return result;
}

}  // namespace agreementd::daemon
