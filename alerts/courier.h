#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "alerts/ahead.h"
#include "alerts/batch.h"
#include "alerts/sender.h"
#include "alerts/sink.h"
#include "model/clock.h"
#include "storage/pool.h"
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
/// database is there nothing is left out. One thread.
class Courier {
 public:
  /// All but the sink must outlive it.
  Courier(Sink sink, Sender& sender, const Clock& clock, std::function<double()> chance);

  /// It sends in that term (`storage::register_sink`), until another takes the sink up. Another may
  /// have sent something meanwhile.
  void serve(std::int64_t term);
  /// Sends the next message, if there is one and it is time. While it sends it has no connection.
  /// Failure where the database fails: what was sent is sent again.
  /// `writing`: where it may have to wait for other writers. Whoever delivers as usual is not to
  /// wait for that one.
  Step step(storage::Pool& pool, storage::Pool& writing, const std::stop_token& stop);
  /// Reads anew what comes next.
  void forget() { ahead_.forget(); }

  [[nodiscard]] const Sink& sink() const { return sink_; }

 private:
  /// A message, and what is so once it is done with.
  struct Letter {
    Content content;
    std::vector<std::int64_t> seqs;
    storage::SinkState after;
    std::optional<storage::Replay> replay = {};  ///< that it is of, …
    std::int64_t replayed = 0;                   ///< … up to that entry
    bool ends_replay = false;
    std::int64_t delivery_id = 0;  ///< the attempt
  };
  /// What is to be sent; else why nothing is.
  using Next = std::variant<Letter, Step>;

  Next begin(storage::Store& store);
  Next next(storage::Store& store);
  void turn_to(const std::optional<storage::Replay>& replay);
  Next next_again(storage::Store& store, const storage::Replay& replay, storage::SinkState state);
  Next next_changes(storage::Store& store, storage::SinkState state);
  [[nodiscard]] Next next_notice(storage::Store& store, storage::SinkState state) const;
  storage::Ending ending_of(storage::Store& store, Letter& letter, const Sent& sent, Instant now);
  Step end(storage::Store& store, const Letter& letter, const storage::Ending& ending, Instant now);
  [[nodiscard]] storage::Ending ending_of_undone(const Sent& sent, storage::SinkState state,
                                                 Instant now) const;

  Sink sink_;
  Sender& sender_;
  const Clock& clock_;
  std::function<double()> chance_;
  Ahead ahead_;
  std::int64_t term_ = 0;       ///< 0: none
  std::int64_t replayed_ = 0;   ///< the last entry of the replay that is done with
  std::int64_t replaying_ = 0;  ///< which replay that is; 0: none
};

}  // namespace agreementd::alerts
