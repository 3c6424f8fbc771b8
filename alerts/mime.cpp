#include "alerts/mime.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "alerts/unicode.h"
#include "model/base64.h"

namespace agreementd::alerts {
namespace {

constexpr std::size_t line_length = 76;

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

/// Pieces of at most 39 bytes, no character in two: 52 of base64, 64 with what is around it, so
/// that the first has room beside a short name.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t most_bytes = 39;
  std::string result, piece;
  const auto finish = [&] {
    result += fmt::format("{}=?UTF-8?B?{}?=", result.empty() ? "" : "\r\n ", base64(piece));
    piece.clear();
  };
  for (const auto character : characters(text)) {
    const auto bytes = utf8({&character, 1});
    if (piece.size() + bytes.size() > most_bytes) finish();
    piece += bytes;
  }
  if (!piece.empty()) finish();
  return result;
}

/// Appends to a text in quoted-printable, breaking its lines where they would be too long.
class QuotedPrintable {
 public:
  void put(char c, bool last) {
    const bool space = c == ' ' && !last;
    const bool plain = c > ' ' && c <= '~' && c != '=' && !(c == '.' && column_ == 0);
    append(space || plain ? std::string(1, c)
                          : fmt::format("={:02X}", static_cast<unsigned char>(c)));
  }
  void end_line() {
    text_ += "\r\n";
    column_ = 0;
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  void append(const std::string& token) {
    if (column_ + token.size() >= line_length) {  // room for the `=` of a soft break
      text_ += "=\r\n";
      column_ = 0;
    }
    // A full stop that a soft break has moved to the beginning of a line.
    const auto& written = column_ == 0 && token == "." ? "=2E" : token;
    text_ += written;
    column_ += written.size();
  }

  std::string text_;
  std::size_t column_ = 0;
};

}  // namespace

std::string mail_date(Instant instant) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(
      std::chrono::floor<std::chrono::seconds>(instant - Instant(day)));
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                     days.at(std::chrono::weekday(day).c_encoding()), unsigned(date.day()),
                     months.at(unsigned(date.month()) - 1), int(date.year()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::string text_header(std::string_view name, std::string_view text) {
  const bool simple = name.size() + 2 + text.size() <= line_length &&
                      std::ranges::all_of(text, is_printable) &&
                      text.find("=?") == std::string_view::npos;
  return fmt::format("{}: {}\r\n", name, simple ? std::string(text) : encoded_words(text));
}

std::string quoted_printable(std::string_view text) {
  QuotedPrintable result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n')
      result.end_line();
    else
      result.put(text[i], i + 1 == text.size() || text[i + 1] == '\n');
  }
  return std::move(result).text();
}

std::string html_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace agreementd::alerts
