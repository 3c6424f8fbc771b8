#pragma once

#include <vector>

#include "alerts/filter.h"
#include "alerts/message.h"
#include "storage/outgoing.h"

namespace agreementd::alerts {

/// What is shown of these entries to whoever comes and looks, an item each and in their order.
///
/// It depends on nothing that is recorded later: what was shown once is shown the same for ever.
/// That an entry was taken back is an item of its own. That an application left as signed is told
/// with its agreement; where it was recorded later than that, it is not shown.
std::vector<Item> published_items(const Filter& filter,
                                  const std::vector<storage::Outgoing>& entries);

}  // namespace agreementd::alerts
