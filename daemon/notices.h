#pragma once

#include <vector>

#include "model/input.h"
#include "storage/store.h"
#include "tracking/refold.h"

/// What a run tells the operator beside the change log.
namespace agreementd::daemon {

/// Opens a notice for each edition that is quarantined now and was not, and closes those of
/// editions that are not any more. What was odd of an edition (kinds `mass loss` and `mislabelled`)
/// is told of the newest of its list, until another is accepted. Answers what it opened of the
/// last.
std::vector<Notice> update_notices(storage::Consequences& consequences, const StoredHistory& stored,
                                   const tracking::Refolded& refolded, Instant now);

/// Opens a notice for each of the sightings that was published under the other list's name, unless
/// `editions` (judged, in order) has a newer one of its list. Answers what it opened.
std::vector<Notice> open_mislabelled(storage::Consequences& consequences,
                                     const std::vector<Sighting>& sightings,
                                     const std::vector<Edition>& editions, Instant now);

}  // namespace agreementd::daemon
