#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "alerts/fleeting.h"
#include "alerts/sink.h"
#include "storage/outgoing.h"
#include "storage/sinks.h"

namespace agreementd::alerts {

/// The entries that come next for a sink, read once for many messages. What is told along with an
/// entry changes with a run, and with what is sent to the sink: so they are read again after each
/// run, what is sent is noted here, and whoever cannot say what was sent, forgets.
class Ahead {
 public:
  /// Those after `position` that were recorded by `until`, which may lack what only became due
  /// meanwhile; empty: there are none. As many as one message may be made of at least, as far as
  /// there are. `state`: of the sink, as it is now.
  std::span<const storage::Outgoing> after(storage::Store& store, const Sink& sink,
                                           const storage::SinkState& state, std::int64_t position,
                                           Instant until);
  /// Of the entries last answered.
  [[nodiscard]] const Fleeting& fleeting() const { return fleeting_; }
  /// These were sent, and perhaps arrived.
  void attempted(const std::vector<std::int64_t>& seqs);
  void forget() { *this = {}; }

 private:
  [[nodiscard]] std::span<const storage::Outgoing> left(std::int64_t position, Instant until) const;

  std::vector<storage::Outgoing> entries_;
  Fleeting fleeting_;
  std::int64_t from_ = 0;  ///< what comes after it was read, when …
  std::int64_t run_ = -1;  ///< … that was the last run
  bool whole_ = false;     ///< there were no more
};

}  // namespace agreementd::alerts
