#pragma once

#include <string>

#include "storage/queries.h"

namespace agreementd::daemon {

/// The counts `stats` prints.
struct Counts {
  storage::Table by_model;  ///< list, model, count
  storage::Table by_state;  ///< list, state, count
  storage::Table by_month;  ///< month, new, reinstated, terminated, net, listed
};

/// Counts with bars, for a person. `width`: columns to use, at least 40.
std::string stats_text(const Counts& counts, std::size_t width);

/// The same as one table for programs: `by` (model, state, month), `list`, `key`, `count`, `new`,
/// `reinstated`, `terminated`, `net`; what does not apply is absent. The count of a month is what
/// was listed at its end.
storage::Table stats_table(const Counts& counts);

}  // namespace agreementd::daemon
