#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "model/difference.h"
#include "tracking/arrange.h"
#include "tracking/fold.h"
#include "tracking/reconcile.h"

namespace agreementd::tracking {

/// The reading of the document of `arranged[number]`; called only for editions that are folded, in
/// their order. It must last until the next call.
using Reader = std::function<const Reading&(std::size_t number)>;

struct Refolded {
  Folded folded;
  Difference difference;
};

/// The one operation behind import, poll, verdicts and decisions: finds the first edition affected,
/// folds from there (from the beginning where names of what came before change, and after a
/// decision: the keys it speaks of may be anywhere), and answers what to write.
Refolded refold(const StoredHistory& stored, const std::vector<Arranged>& arranged,
                const Reader& reader, const Rules& rules, const Occasion& occasion);

}  // namespace agreementd::tracking
