#include "parsers/file_name.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "parsers/dating.h"
#include "parsers/link.h"
#include "parsers/squeeze.h"

namespace agreementd::parsers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Slot {
  std::string_view name;
  int minutes;
};
constexpr Slot slots[] = {{"am", 9 * 60}, {"mid", 12 * 60}, {"pm", 17 * 60}};
constexpr int no_slot = 13 * 60;

/// The letter or number n at the start of `text`, after `_` or spaces or nothing, as n − 1; 0:
/// none. A word (` copy`), a bracket (`(1)`) or a long number (a capture stamp) is none.
std::optional<int> suffix_minutes(std::string_view text) {
  while (!text.empty() && (text.front() == '_' || text.front() == ' ')) text.remove_prefix(1);
  const auto letters = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), is_letter) - text.begin());
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  const auto end = letters + digits;  // one of the two is 0
  if (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) return std::nullopt;
  if (letters == 1) return lower(text.substr(0, 1))[0] - 'a';
  if (digits == 1 || digits == 2) return std::max(number_of(text.substr(0, digits)) - 1, 0);
  return letters == 0 && digits == 0 ? std::optional(0) : std::nullopt;
}

/// The day that eight digits (mmddyyyy) or six (mmddyy) mean; nothing for any other run.
std::optional<Date> day_of(std::string_view digits) {
  if (digits.size() != 8 && digits.size() != 6) return std::nullopt;
  const int year = number_of(digits.substr(4)) + (digits.size() == 6 ? 2000 : 0);
  const Date date{std::chrono::year{year},
                  std::chrono::month{static_cast<unsigned>(number_of(digits.substr(0, 2)))},
                  std::chrono::day{static_cast<unsigned>(number_of(digits.substr(2, 2)))}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string base_name(std::string_view file_name) {
  const std::string decoded = percent_decode(file_name);
  return decoded.substr(decoded.find_last_of("/\\") + 1);
}

}  // namespace

int number_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

std::vector<DigitRun> digit_runs(std::string_view text) {
  std::vector<DigitRun> runs;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end > at) runs.push_back({text.substr(at, end - at), text.substr(end)});
    at = std::max(end, at + 1);
  }
  return runs;
}

int slot_minutes(std::string_view after_date) {
  auto text = after_date;
  while (!text.empty() && (text.front() == ' ' || text.front() == '_' || text.front() == '-'))
    text.remove_prefix(1);
  for (const auto& slot : slots) {
    if (!begins_with(text, slot.name)) continue;
    const auto rest = text.substr(slot.name.size());
    const auto suffix = suffix_minutes(rest);
    const bool word_goes_on = rest.size() > 1 && is_letter(rest[0]) && is_letter(rest[1]);
    if (!word_goes_on) return slot.minutes + suffix.value_or(0);
  }
  return no_slot + suffix_minutes(after_date).value_or(0);
}

std::optional<NamedDate> date_in_name(std::string_view file_name) {
  const std::string name = base_name(file_name);
  std::optional<NamedDate> found;
  std::size_t digits = 0;
  for (const auto& run : digit_runs(name)) {
    const auto date = day_of(run.digits);
    if (!date || run.digits.size() < digits) continue;  // eight digits say more than six
    if (found && run.digits.size() == digits && found->date != *date) return std::nullopt;
    digits = run.digits.size();
    found = NamedDate{*date, std::chrono::minutes{slot_minutes(run.rest)}};
  }
  return found;
}

std::optional<Instant> capture_stamp(std::string_view file_name) {
  const std::string name = base_name(file_name);
  for (const auto& [digits, rest] : digit_runs(name)) {
    if (digits.size() != 14) continue;
    const auto part = [&](std::size_t from, std::size_t count) {
      return std::string(digits.substr(from, count));
    };
    const auto stamp = parse_instant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" +
                                     part(8, 2) + ":" + part(10, 2) + ":" + part(12, 2) + "Z");
    if (stamp) return stamp;
  }
  return std::nullopt;
}

}  // namespace agreementd::parsers
