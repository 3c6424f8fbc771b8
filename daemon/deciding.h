#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/clock.h"
#include "model/history.h"
#include "storage/store.h"
#include "tracking/rules.h"

/// A person settles a question of identity.
namespace agreementd::daemon {

/// What the person names. Two agreements; or one, and the entry of the change log that took what
/// was printed after it to be the same as what was printed before.
struct DecisionRequest {
  DecisionKind kind = DecisionKind::same_as;
  std::string one;
  std::string other;                  ///< empty where `entry` is given
  std::optional<std::int64_t> entry;  ///< its seq; only to say that the two are distinct
  std::string by;
  std::string why;
};

struct DecisionReport {
  Decision decision;
  /// The agreements that hold the two keys now: equal where they are one; empty: none does.
  std::string one, other;
  std::vector<NewEntry> entries;
  std::size_t open_reviews = 0;
  bool side_by_side = false;  ///< two that the newest edition prints both
};

/// Appends the decision, folds, writes what differs. Failure where an id or entry is unknown or the
/// two are not to be told apart by what was printed.
DecisionReport decide(storage::Store& store, const DecisionRequest& request, const Clock& clock,
                      const tracking::Plausibility& plausibility);

}  // namespace agreementd::daemon
