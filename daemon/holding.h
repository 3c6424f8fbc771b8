#pragma once

#include <optional>

#include "daemon/folding.h"

/// A poll must not take back much of what was told before: an old list under a new name, or a date
/// misread, would make people hear of a dozen things that did not happen.
namespace agreementd::daemon {

/// Where folding what waits (`refolded`) would take back more than `limit` entries: the verdict
/// that holds the polled editions to blame, the fewest whose absence keeps it within the limit.
std::optional<Verdict> hold_of(storage::Consequences& consequences, const storage::Inputs& inputs,
                               const StoredHistory& stored, const tracking::Refolded& refolded,
                               Readings& readings, const tracking::Plausibility& rules, int limit,
                               Instant now);

}  // namespace agreementd::daemon
