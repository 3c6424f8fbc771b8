#pragma once

#include <cstddef>
#include <vector>

#include "daemon/progress.h"
#include "daemon/readings.h"
#include "model/difference.h"
#include "model/time.h"
#include "storage/store.h"
#include "tracking/arrange.h"
#include "tracking/refold.h"

/// The second half of the one operation: fold the inputs, write what differs from what is stored.
/// Import, verdict and poll differ in what they append before.
namespace agreementd::daemon {

/// The inputs, after documents without a reading (new ones, or those that a crash between the two
/// transactions left) were read.
storage::Inputs read_inputs(storage::Consequences& consequences, Readings& readings);

/// All sightings dated, ordered and joined to editions.
std::vector<tracking::Arranged> arrange_inputs(const storage::Inputs& inputs);

/// Folds from the first edition affected, by the rules, the shipped aliases and what people
/// decided. `occasion.polled` is found out here, what it holds already stays.
tracking::Refolded refold_inputs(storage::Records& records, const StoredHistory& stored,
                                 const storage::Inputs& inputs, Readings& readings,
                                 const tracking::Plausibility& plausibility,
                                 tracking::Occasion occasion,
                                 const ShowProgress& progress = no_progress);

/// Writes the difference with the notices it brings; no input waits any more. Not committed yet.
/// Answers the notices that it opened, but those of quarantined editions.
std::vector<Notice> write_consequences(storage::Consequences& consequences,
                                       const StoredHistory& stored,
                                       const tracking::Refolded& refolded, Instant now);

/// Standing entries that the difference takes back.
std::size_t count_retractions(const Difference& difference);

/// What the difference makes of editions.
struct EditionNews {
  int added = 0;                     ///< standing now, and not before
  std::vector<Edition> quarantined;  ///< now, and not before
};
EditionNews edition_news(const StoredHistory& stored, const Difference& difference);

}  // namespace agreementd::daemon
