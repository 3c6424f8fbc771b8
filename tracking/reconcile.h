#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/difference.h"
#include "tracking/arrange.h"
#include "tracking/fold.h"

namespace agreementd::tracking {

/// The stored editions that stand as they are, in order: as long as arranged and stored editions
/// agree in everything that decides about them. What follows must be folded.
std::vector<Edition> unaffected_prefix(const std::vector<Arranged>& arranged,
                                       const std::vector<Edition>& stored);

/// Why the run writes, for the `cause` of its entries.
struct Occasion {
  /// archive (import), verdict, decision or rebuild: the cause of everything but `polled`.
  Cause cause = Cause::archive;
  /// Polled editions later in order than every edition of their list folded before this run.
  std::set<Sha256> polled;
  /// Who said what, and why: the evidence of what is retracted; empty: nobody.
  std::string words = {};
};

/// What to write so that the stored history becomes the folded one. Entries that do not hold any
/// more are retracted, those that are missing added; what is the same in all but seq, recorded_at,
/// cause and hash (ids after redirects) is left alone.
Difference reconcile(const StoredHistory& stored, const Folded& folded, const Occasion& occasion);

}  // namespace agreementd::tracking
