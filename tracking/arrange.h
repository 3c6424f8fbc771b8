#pragma once

#include <vector>

#include "model/history.h"
#include "model/input.h"

namespace agreementd::tracking {

struct DatedSighting {
  Sighting sighting;
  Dating dating;  ///< by the parsers; a `redate` of a person comes before it
};

/// An edition before the fold has judged it, and the sightings it is a run of, in order.
struct Arranged {
  Edition edition;
  std::vector<Sighting> sightings;
};

/// Order and collapse: sorts all sightings by date (then list, saved time, SHA-256, name), joins
/// neighbours of one list with equal content to editions, and gives each its listed instant and its
/// standing verdict. A copy that is doubted does not join one that is not. The result is in the
/// order of the fold and does not depend on the order of the arguments.
std::vector<Arranged> arrange(std::vector<DatedSighting> sightings,
                              const std::vector<Verdict>& verdicts);

/// The order of the fold. Stored editions sorted by it are as `arrange` left them.
bool fold_order(const Edition& one, const Edition& other);

}  // namespace agreementd::tracking
