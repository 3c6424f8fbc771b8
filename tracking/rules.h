#pragma once

#include <vector>

#include "model/input.h"
#include "tracking/aliases.h"

namespace agreementd::tracking {

/// What an edition may do before a person must look at it. Defaults come from the real record:
/// after matching, no true edition of the participating list ends more than 6 agreements.
struct Plausibility {
  int removals = 20;               ///< participating: more than this many …
  double removal_share = 0.02;     ///< … and more than this share: quarantine
  int pending_removals = 50;       ///< pending: more than this many
  int additions = 250;             ///< more than this many …
  double addition_share = 0.30;    ///< … and more than this share
  int future_signings = 5;         ///< rows signed after the edition's own date
  int reverted_removals = 5;       ///< ended by content equal to an older edition's
  double unreadable_share = 0.05;  ///< rows without a known state or model, or an agency …
  int unreadable_rows = 10;        ///< … and at least this many
  double field_loss_share = 0.05;  ///< values of one field that vanish at once: one notice …
  int field_loss_rows = 10;        ///< … and at least this many
};

/// What a fold goes by beside the lists.
struct Rules {
  Plausibility plausibility;
  Aliases aliases;
  std::vector<Decision> decisions;  ///< all, by id
};

}  // namespace agreementd::tracking
