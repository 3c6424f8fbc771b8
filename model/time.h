#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace agreementd {

/// A moment, UTC, microseconds (PostgreSQL's resolution).
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
/// A calendar day. Days of editions are days in New York.
using Date = std::chrono::year_month_day;

/// The day of `instant` in New York (America/New_York).
Date new_york_date(Instant instant);
/// `time_of_day` after midnight of `date` as New York clocks show it. A time that a clock change
/// skips or repeats is the earlier of its readings.
Instant new_york_instant(Date date, std::chrono::minutes time_of_day);
/// The first instant after `date` in New York: for half-open ranges up to the end of a day.
Instant end_of_new_york_day(Date date);

/// `2025-08-29`.
std::string to_string(Date date);
/// `2025-08-29T17:00:00Z`, with microseconds only where there are any.
std::string to_string(Instant instant);
/// `YYYY-MM-DD` and a day that exists; nothing else.
std::optional<Date> parse_date(std::string_view text);
/// ISO 8601 with `Z` or an offset `±HH:MM`, `T` or one space between, optional fraction of a
/// second. Without a zone: UTC.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace agreementd
