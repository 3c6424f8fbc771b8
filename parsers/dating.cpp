#include "parsers/dating.h"

#include <array>
#include <cstdlib>

#include <fmt/format.h>

namespace agreementd::parsers {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;

/// How far two days lie apart; negative where `date` is the earlier.
int days_after(Date date, Date reference) {
  return static_cast<int>((sys_days{date} - sys_days{reference}).count());
}

/// A name's date may lie a day before the saved time (a slot set before the last touch) and a month
/// after it (an older workbook published late) and still be meant.
bool agrees(Date named, Date saved) {
  const int after = days_after(named, saved);
  return after >= -1 && after <= 30;
}

/// The date that was meant, where the year or the month in the name is a slip: the one with another
/// year, or the next month, within a week of the day the workbook was saved.
std::optional<Date> meant(Date named, Date saved) {
  using std::chrono::months;
  using std::chrono::years;
  const auto close = [saved](Date date) {
    return date.ok() && std::abs(days_after(date, saved)) <= 7;
  };
  for (const int offset : {-1, 0, 1}) {
    const Date other{saved.year() + years{offset}, named.month(), named.day()};
    if (other.year() != named.year() && close(other)) return other;
  }
  const Date next = named + months{1};
  return close(next) ? std::optional(next) : std::nullopt;
}

/// By the name: its date as it stands, or as it was meant. Nothing where it has none, or one before
/// the list was saved: that gives way to the saved time.
std::optional<Instant> by_name(const Sighting& sighting) {
  const auto named = date_in_name(sighting.file_name);
  if (!named) return std::nullopt;
  Date date = named->date;
  if (sighting.reading.saved_at) {
    const Date saved = new_york_date(*sighting.reading.saved_at);
    if (!agrees(date, saved)) {
      const auto other = meant(date, saved);
      if (!other && days_after(date, saved) < 0) return std::nullopt;
      date = other.value_or(date);
    }
  }
  return new_york_instant(date, named->time_of_day);
}

/// When the document was captured, as far as that can date it.
std::optional<Instant> capture(const Sighting& sighting) {
  if (sighting.origin == Origin::import) return capture_stamp(sighting.file_name);
  return sighting.seen_at;
}

Dating date_of(const Sighting& sighting) {
  const auto& saved = sighting.reading.saved_at;
  if (const auto at = by_name(sighting)) return {*at, DatedBy::file_name, {}};
  if (saved && date_in_name(sighting.file_name)) return {*saved, DatedBy::saved, {}};
  if (sighting.modified_at) return {*sighting.modified_at, DatedBy::last_modified, {}};
  const auto captured = capture(sighting);
  const bool usable = sighting.origin == Origin::import || !saved;
  if (captured && usable) return {*captured, DatedBy::capture, {}};
  if (saved) return {*saved, DatedBy::saved, {}};
  return {sighting.seen_at, DatedBy::nothing, {}};
}

std::optional<std::string> doubt_of(const Sighting& sighting, const Dating& dating) {
  if (dating.dated_by == DatedBy::nothing)
    return "nothing dates it: no date in the name, no Last-Modified, no capture stamp, no saved "
           "time";
  const auto captured = capture(sighting);
  const auto& saved = sighting.reading.saved_at;
  if (captured && saved && *captured < *saved - days{1})
    return fmt::format("altered copy: captured {}, but saved {}", to_string(*captured),
                       to_string(*saved));
  const Instant seen = captured.value_or(sighting.seen_at);
  if (dating.at > seen + days{2})
    return fmt::format("dated {}, more than two days after it was seen ({})",
                       to_string(new_york_date(dating.at)), to_string(new_york_date(seen)));
  return std::nullopt;
}

}  // namespace

Dating date_sighting(const Sighting& sighting) {
  Dating dating = date_of(sighting);
  dating.doubt = doubt_of(sighting, dating);
  return dating;
}

}  // namespace agreementd::parsers
