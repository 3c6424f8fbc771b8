#include "daemon/service/schedule.h"

#include <algorithm>

namespace agreementd::daemon {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

/// What the source asks for is a day at most (fetchers/pause.h).
constexpr std::chrono::hours longest_asked{24};

}  // namespace

Planner::Planner(Schedule schedule, std::optional<Instant> last, Instant now)
    : schedule_(schedule), next_(now), last_(last) {
  if (last && *last <= now) next_ = std::max(now, *last + schedule.every);
}

bool Planner::is_due(Instant now) const {
  const auto longest = std::max<seconds>(schedule_.every, longest_asked);
  return now >= next_ || next_ - now > longest + longest / 10;
}

void Planner::polled(Instant now, bool failed, std::optional<seconds> again_after, double chance) {
  failures_ = failed ? failures_ + 1 : 0;
  const auto plain = again_after.value_or(pause(failed));
  const auto more = static_cast<double>(microseconds{plain}.count()) * 0.1 * chance;
  last_ = now;
  next_ = now + plain + microseconds{static_cast<std::int64_t>(more)};
}

seconds Planner::pause(bool failed) const {
  if (!failed) return schedule_.every;
  auto pause = schedule_.retry;
  for (int i = 1; i < failures_ && pause < schedule_.every; ++i) pause *= 2;
  return std::min(pause, schedule_.every);
}

void Planner::change(Schedule schedule, Instant now) {
  schedule_ = schedule;
  if (failures_ == 0 && last_) next_ = std::max(now, *last_ + schedule.every);
}

}  // namespace agreementd::daemon
