#include "alerts/sink.h"

namespace agreementd::alerts {
namespace {

Instant daily_instant(const Sink& sink, Date date) { return new_york_instant(date, sink.daily_at); }

Date days_after(Date date, int days) {
  return Date{std::chrono::sys_days{date} + std::chrono::days{days}};
}

}  // namespace

Instant due_until(const Sink& sink, Instant now) {
  if (sink.digest != Digest::daily) return sink.delay.count() == 0 ? for_ever : now - sink.delay;
  const auto today = new_york_date(now);
  auto due = daily_instant(sink, today);
  if (due > now) due = daily_instant(sink, days_after(today, -1));
  return due - sink.delay;
}

Instant due_at(const Sink& sink, Instant recorded_at) {
  const auto old_enough = recorded_at + sink.delay;
  if (sink.digest != Digest::daily) return old_enough;
  const auto date = new_york_date(old_enough);
  const auto due = daily_instant(sink, date);
  return due < old_enough ? daily_instant(sink, days_after(date, 1)) : due;
}

}  // namespace agreementd::alerts
