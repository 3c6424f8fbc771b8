#pragma once

#include "storage/queries.h"

namespace agreementd::daemon {

/// The table of changes with two columns a person reads instead of the JSON objects: `date` (the
/// effective date) and `what` (each field `before → after`, else the reason; `unconfirmed`; the
/// entry it retracts). An application that leaves is `left`, never terminated.
storage::Table readable_changes(const storage::Table& changes);

}  // namespace agreementd::daemon
