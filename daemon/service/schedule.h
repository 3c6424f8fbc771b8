#pragma once

#include <chrono>
#include <optional>

#include "model/time.h"

namespace agreementd::daemon {

/// How often the source is asked for.
struct Schedule {
  std::chrono::seconds every{3600};
  std::chrono::seconds retry{120};  ///< after the first failure; doubled with each, up to `every`
};

/// When to poll next. Pure: time and chance are passed in. It goes by the wall clock: what was due
/// while the machine slept is due when it wakes, once.
class Planner {
 public:
  /// `last`: when the source was polled before this process, absent: never. A program that is
  /// started again and again does not ask more often for it.
  Planner(Schedule schedule, std::optional<Instant> last, Instant now);

  [[nodiscard]] Instant next() const { return next_; }
  /// Also where the clock was set back, so that `next` is further off than any pause.
  [[nodiscard]] bool is_due(Instant now) const;

  /// A poll ended. `again_after`: sooner, or later, than usual, as the source or what it linked
  /// asks for. `chance`, 0 to 1: up to a tenth is added, so that not all ask at once.
  void polled(Instant now, bool failed, std::optional<std::chrono::seconds> again_after,
              double chance);
  /// From now on; what is due by it already is due now.
  void change(Schedule schedule, Instant now);

 private:
  [[nodiscard]] std::chrono::seconds pause(bool failed) const;

  Schedule schedule_;
  Instant next_;
  std::optional<Instant> last_;
  int failures_ = 0;  ///< in a row
};

}  // namespace agreementd::daemon
