#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "alerts/sink.h"
#include "storage/outgoing.h"

namespace agreementd::alerts {

/// Of an agreement's entries, ascending, those that came to nothing, by seq: after the last of them
/// all is as it was before the first, ICE's dates of the two are no further apart than `delay` (in
/// whole days, begun ones counted), and no more lay between their recordings. What was told to the
/// sink (`sent_in`) stays, and so does what was recorded after what comes later in ICE's time.
/// Pure.
std::set<std::int64_t> came_to_nothing(std::span<const storage::PastEntry> entries,
                                       std::chrono::seconds delay);

/// What a sink with a delay is not told, and what it has to be told after all.
struct Fleeting {
  std::set<std::int64_t> entries;  ///< they stand, and came to nothing; by seq
  /// By the seq of a retraction: what had come to nothing only with what that takes back, and was
  /// passed over. It is told in the place of the retraction.
  std::map<std::int64_t, std::vector<storage::Outgoing>> uncovered;
};
/// Of `due`, which come next for the sink. Reads nothing for one without a delay.
Fleeting fleeting_of(storage::Store& store, const Sink& sink,
                     std::span<const storage::Outgoing> due);

}  // namespace agreementd::alerts
