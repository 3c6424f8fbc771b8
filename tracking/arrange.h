#pragma once

#include <set>
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
/// standing verdict. A copy that is doubted or held does not join one that is not. The result is in
/// the order of the fold and does not depend on the order of the arguments.
std::vector<Arranged> arrange(std::vector<DatedSighting> sightings,
                              const std::vector<Verdict>& verdicts);

/// The editions that came by a poll and are later in order than every one of their list stored
/// before: what they change is news, not archive.
std::set<Sha256> polled_news(const std::vector<Arranged>& arranged,
                             const std::vector<Edition>& stored);

/// Whether an edition came by a poll and nothing later of its list had been seen before it.
bool came_as_newest(const std::vector<Arranged>& arranged, const Arranged& edition);

/// The order of the fold. Stored editions sorted by it are as `arrange` left them.
bool fold_order(const Edition& one, const Edition& other);

}  // namespace agreementd::tracking
