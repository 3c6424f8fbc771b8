#include "model/time.h"

#include <cctype>
#include <charconv>

#include <date/tz.h>
#include <fmt/format.h>

namespace agreementd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

const date::time_zone& new_york() {
  static const date::time_zone* zone = date::locate_zone("America/New_York");
  return *zone;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return std::isdigit(static_cast<unsigned char>(text.front())) ? std::optional(value)
                                                                : std::nullopt;
}

struct TimeOfDay {
  microseconds since_midnight;
  std::string_view rest;  // what follows: a zone, or nothing
};

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  if (text.size() < 5 || text[2] != ':') return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  TimeOfDay time{hours{*hour} + minutes{*minute}, text.substr(5)};
  if (time.rest.size() < 3 || time.rest[0] != ':') return time;
  const auto second = number(time.rest.substr(1, 2));
  if (!second || *second > 59) return std::nullopt;
  time.since_midnight += seconds{*second};
  time.rest.remove_prefix(3);
  if (time.rest.empty() || time.rest[0] != '.') return time;
  time.rest.remove_prefix(1);
  long unit = 100'000;
  while (!time.rest.empty() && std::isdigit(static_cast<unsigned char>(time.rest[0]))) {
    time.since_midnight += microseconds{unit * (time.rest[0] - '0')};
    unit /= 10;
    time.rest.remove_prefix(1);
  }
  return time;
}

/// What to subtract from local time: `Z`, nothing, `±HH`, `±HHMM` or `±HH:MM`.
std::optional<minutes> parse_offset(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") return minutes{0};
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  const auto hour = number(text.substr(1, 2));
  auto rest = text.size() > 3 ? text.substr(3) : std::string_view{};
  if (!rest.empty() && rest[0] == ':') rest.remove_prefix(1);
  const auto minute = rest.empty() ? std::optional(0) : number(rest);
  if (!hour || !minute || *hour > 15 || *minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{*minute};
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

Date new_york_date(Instant instant) {
  const auto local = new_york().to_local(instant);
  return Date{sys_days{std::chrono::floor<days>(local).time_since_epoch()}};
}

Instant new_york_instant(Date date, minutes time_of_day) {
  const date::local_time<microseconds> local{sys_days{date}.time_since_epoch() + time_of_day};
  return Instant{new_york().to_sys(local, date::choose::earliest).time_since_epoch()};
}

Instant end_of_new_york_day(Date date) {
  return new_york_instant(Date{sys_days{date} + days{1}}, minutes{0});
}

std::string to_string(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()});
}

std::string to_string(Instant instant) {
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  auto text = fmt::format("{}T{:02}:{:02}:{:02}", to_string(Date{day}), time.hours().count(),
                          time.minutes().count(), time.seconds().count());
  if (const auto fraction = time.subseconds().count(); fraction != 0)
    text += fmt::format(".{:06}", fraction);
  return text + "Z";
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                  std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const auto time = parse_time_of_day(text.substr(11));
  if (!date || !time) return std::nullopt;
  const auto offset = parse_offset(time->rest);
  if (!offset) return std::nullopt;
  return Instant{sys_days{*date} + time->since_midnight - *offset};
}

}  // namespace agreementd
