#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "alerts/filter.h"
#include "model/time.h"
#include "storage/sinks.h"

namespace agreementd::alerts {

/// What goes into one message.
enum class Digest {
  none,     ///< one entry
  edition,  ///< what one edition changed, as far as it was recorded in one run; what a person or a
            ///< better reading corrected in one
  daily,    ///< all since the day before
};

/// Somebody who is told, and of what.
struct Sink {
  std::string name;
  storage::Tells tells = storage::Tells::changes;
  Filter filter = {};
  Digest digest = Digest::edition;
  std::chrono::minutes daily_at{0};  ///< of `daily`: after midnight, New York
  /// An entry is told once it is so old, if it still stands.
  std::chrono::seconds delay{0};
  bool fold_signings = true;  ///< the leaving of an application is told with its signing

  /// Whether what does not stand any more when its time comes is left out.
  [[nodiscard]] bool tells_what_stands() const {
    return digest == Digest::daily || delay.count() > 0;
  }
};

/// Later than whatever a clock that was wrong may have recorded.
constexpr Instant for_ever{std::chrono::sys_days{
    Date{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}}}};

/// Until when an entry must have been recorded to be told by now.
Instant due_until(const Sink& sink, Instant now);

/// When an entry that was recorded then is told, or would have been.
Instant due_at(const Sink& sink, Instant recorded_at);

}  // namespace agreementd::alerts
