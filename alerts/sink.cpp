#include "alerts/sink.h"

namespace agreementd::alerts {

Instant due_until(const Sink& sink, Instant now) {
  if (sink.digest != Digest::daily) return sink.delay.count() == 0 ? for_ever : now - sink.delay;
  const auto today = new_york_date(now);
  auto due = new_york_instant(today, sink.daily_at);
  if (due > now)
    due =
        new_york_instant(Date{std::chrono::sys_days{today} - std::chrono::days{1}}, sink.daily_at);
  return due - sink.delay;
}

}  // namespace agreementd::alerts
