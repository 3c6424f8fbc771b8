#include "parsers/signed_date.h"

#include <array>
#include <cmath>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "parsers/text.h"

namespace agreementd::parsers {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '/' || c == '-' || c == '.'; }

/// A date's text taken apart.
struct Digits {
  std::string digits;
  std::set<std::size_t> separators;  // how many digits stand before each
  bool tidy = true;                  // two single separators, as a date has
};

/// Nothing where `text` holds anything but digits and separators.
std::optional<Digits> take_apart(std::string_view text) {
  Digits parts;
  int separators = 0;
  for (const char c : text) {
    if (is_digit(c)) {
      parts.digits += c;
    } else if (is_separator(c)) {
      ++separators;
      parts.separators.insert(parts.digits.size());
    } else if (c != ' ') {
      return std::nullopt;
    }
  }
  parts.tidy = separators == 2 && parts.separators.size() == 2;
  const auto count = parts.digits.size();
  // Without any separator, only the usual six or eight digits are a date and not just a number.
  if (parts.separators.empty() && count != 6 && count != 8) return std::nullopt;
  return count >= 4 && count <= 8 ? std::optional(parts) : std::nullopt;
}

struct Lengths {
  std::size_t first, second, third;
  bool year_first;
};

std::vector<Lengths> possible_lengths(std::size_t digits) {
  std::vector<Lengths> possible;
  for (std::size_t a = 1; a <= 2; ++a)
    for (std::size_t b = 1; b <= 2; ++b)
      for (const std::size_t year : {std::size_t{2}, std::size_t{4}})
        if (a + b + year == digits) {
          possible.push_back({a, b, year, false});
          if (year == 4) possible.push_back({year, a, b, true});
        }
  return possible;
}

unsigned value(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

int full_year(unsigned year, std::size_t digits) {
  if (digits == 4) return static_cast<int>(year);
  return static_cast<int>(year) + (year < 50 ? 2000 : 1900);
}

std::optional<Date> read_as(const Digits& parts, const Lengths& lengths) {
  const std::size_t second = lengths.first + lengths.second;
  for (const std::size_t at : parts.separators)
    if (at != lengths.first && at != second) return std::nullopt;
  const std::string_view all = parts.digits;
  const std::array<std::string_view, 3> fields{
      all.substr(0, lengths.first), all.substr(lengths.first, lengths.second), all.substr(second)};
  const auto year = fields[lengths.year_first ? 0 : 2];
  const auto month = fields[lengths.year_first ? 1 : 0];
  const auto day = fields[lengths.year_first ? 2 : 1];
  const Date date{std::chrono::year{full_year(value(year), year.size())},
                  std::chrono::month{value(month)}, std::chrono::day{value(day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::set<Date> readings(const Digits& parts) {
  std::set<Date> all;
  for (const auto& lengths : possible_lengths(parts.digits.size()))
    if (const auto date = read_as(parts, lengths)) all.insert(*date);
  return all;
}

/// `text` without a time of day after it: `2025-06-12T00:00:00Z`, `6/12/2025 0:00`.
std::string_view without_time(std::string_view text) {
  const auto at = text.find_first_of("T ");
  const bool is_time = at != std::string_view::npos && text.find(':', at) != std::string_view::npos;
  return is_time ? text.substr(0, at) : text;
}

SignedDate judged(Date date, std::string text, std::string oddity) {
  if (can_be_signed_on(date)) return {date, std::move(text), std::move(oddity)};
  auto why = fmt::format("signed \"{}\" cannot be true", text);
  return {std::nullopt, std::move(text), std::move(why)};
}

}  // namespace

std::optional<Date> date_of_serial(double serial, bool epoch_1904) {
  constexpr double last_day_of_9999 = 2'958'465;
  if (!(serial >= 1) || serial > last_day_of_9999) return std::nullopt;
  const days since{static_cast<int>(std::floor(serial))};
  if (epoch_1904) return Date{sys_days{std::chrono::year{1904} / 1 / 1} + since};
  // Day 60 is 29 February 1900, which never was: days before it are off by one.
  const days never{since.count() < 60 ? 1 : 0};
  return Date{sys_days{std::chrono::year{1899} / 12 / 30} + since + never};
}

std::optional<Date> date_of_text(std::string_view text) {
  const auto parts = take_apart(text);
  if (!parts) return std::nullopt;
  auto all = readings(*parts);
  if (all.size() > 1) std::erase_if(all, [](Date date) { return !can_be_signed_on(date); });
  return all.size() == 1 ? std::optional(*all.begin()) : std::nullopt;
}

bool can_be_signed_on(Date date) {
  return date.ok() && date.year() >= std::chrono::year{1996} &&
         date.year() < std::chrono::year{2050};
}

SignedDate read_signed(const Cell* cell, bool epoch_1904) {
  const std::string text = cell ? printed_text(cell->text) : std::string{};
  if (text.empty()) return {};
  if (cell->number)
    if (const auto date = date_of_serial(*cell->number, epoch_1904))
      return judged(*date, to_string(*date), {});
  const auto plain = without_time(text);
  const auto date = date_of_text(plain);
  if (!date) return {std::nullopt, text, fmt::format("signed \"{}\" is no date", text)};
  const bool slip = !take_apart(plain).value_or(Digits{}).tidy;
  return judged(*date, text,
                slip ? fmt::format("signed \"{}\" read as {}", text, to_string(*date)) : "");
}

}  // namespace agreementd::parsers
