#pragma once

#include <vector>

#include "alerts/filter.h"
#include "alerts/message.h"

/// A signing is two entries: the agreement is `new` on the participating list, and its application
/// leaves the pending list (`terminated`, reason `signed`). People want to be told once.
namespace agreementd::alerts {

/// What a sink with this filter is told of a batch of entries, in the order of the log: an item for
/// each that passes and for each retraction. So the batch must hold retractions only of what the
/// sink was sent (`passes`).
///
/// With `fold` one signing is one item:
///  - the leaving is in `application` of the `new` of its `related_id` where that passes and is in
///    the batch, whether the leaving itself passes or not;
///  - where that `new` is not in the batch it was told when the agreement was listed, and the
///    leaving is dropped; but not where the filter has no `new` of the participating list at all:
///    who follows the pending list alone is told that the application left.
/// An agreement that two applications became takes the first; the second is an item of its own.
std::vector<Item> fold_signings(std::vector<LoggedEntry> entries, const Filter& filter,
                                bool fold = true);

}  // namespace agreementd::alerts
