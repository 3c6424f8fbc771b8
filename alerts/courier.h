#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "alerts/ahead.h"
#include "alerts/batch.h"
#include "alerts/sender.h"
#include "alerts/sink.h"
#include "model/clock.h"
#include "storage/sinks.h"

namespace agreementd::alerts {

/// What one step of a courier came to.
struct Step {
  std::string outcome;      ///< of an attempt: `delivered`, `refused`, `gone`, `failed`; else empty
  std::string detail;       ///< of one that was not delivered: what the other side said
  std::size_t entries = 0;  ///< in the message
  bool more = false;        ///< there may be more to do at once
  std::optional<Instant> again_at;  ///< there is something to do then, whatever is recorded
};

/// How long to wait after so many attempts in a row that failed: 5 s, 5 min, 30 min, then an hour,
/// and up to a tenth by `chance` (0 to 1). What the other side asks for counts where it is longer,
/// up to a day.
std::chrono::seconds pause_after(int failures, std::optional<std::chrono::seconds> asked,
                                 double chance);

/// Carries what is recorded to one sink, in the order of the log: at least once, and as long as the
/// database is there nothing is left out. One thread; whoever has its lock
/// (`storage::try_to_serve`).
class Courier {
 public:
  /// All but the sink must outlive it.
  Courier(Sink sink, Sender& sender, const Clock& clock, std::function<double()> chance);

  /// Sends the next message, if there is one and it is time. Failure where the database fails: what
  /// was sent is sent again.
  Step step(storage::Store& store, const std::stop_token& stop);
  /// To be called where it has the lock again: another may have sent something meanwhile.
  void forget() { ahead_.forget(); }

  [[nodiscard]] const Sink& sink() const { return sink_; }

 private:
  Step next(storage::Store& store, const std::stop_token& stop);
  void turn_to(const std::optional<storage::Replay>& replay);
  Step replay(storage::Store& store, const storage::Replay& replay, storage::SinkState state,
              const std::stop_token& stop);
  Step tell_changes(storage::Store& store, storage::SinkState state, const std::stop_token& stop);
  Step tell_notices(storage::Store& store, storage::SinkState state, const std::stop_token& stop);
  Step deliver(storage::Store& store, const Content& content, const std::vector<std::int64_t>& seqs,
               storage::SinkState after, bool replayed, const std::stop_token& stop);
  [[nodiscard]] storage::Ending ending_of_undone(const Sent& sent, storage::SinkState state,
                                                 Instant now) const;

  Sink sink_;
  Sender& sender_;
  const Clock& clock_;
  std::function<double()> chance_;
  Ahead ahead_;
  std::int64_t replayed_ = 0;   ///< the last entry of the replay that is done with
  std::int64_t replaying_ = 0;  ///< which replay that is; 0: none
};

}  // namespace agreementd::alerts
