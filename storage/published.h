#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/proof.h"
#include "storage/store.h"

/// What anyone may read of the log, for feeds and for programs that were away. Needs the writer
/// role.
namespace agreementd::storage {

/// How far the log is, to tell whether somebody has all of it already.
struct Edge {
  LogPoint head;
  std::optional<Instant> recorded_at;  ///< of the head; absent: nothing is recorded
  /// No other run recorded within that second, as clocks show it: it stands for this head alone.
  bool alone_in_its_second = false;
};
Edge edge_of_log(Store& store);

/// The texts of the entries after that one, in order, so many at most.
std::vector<std::string> entry_texts(Store& store, std::int64_t after, int limit);

}  // namespace agreementd::storage
