#pragma once

#include <vector>

#include "model/input.h"
#include "storage/store.h"
#include "tracking/refold.h"

/// What a run tells the operator beside the change log.
namespace agreementd::daemon {

/// Opens a notice for each edition that is quarantined now and was not, closes those of editions
/// that are not any more, and opens what the fold noticed of the editions it judged anew. Answers
/// what it opened of the last.
std::vector<Notice> update_notices(storage::Consequences& consequences, const StoredHistory& stored,
                                   const tracking::Refolded& refolded, Instant now);

/// Opens a notice for each list that was published under the other list's name. Answers what it
/// opened.
std::vector<Notice> open_mislabelled(storage::Consequences& consequences,
                                     const std::vector<Sighting>& sightings, Instant now);

}  // namespace agreementd::daemon
