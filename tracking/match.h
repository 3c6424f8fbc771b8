#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tracking/agreement.h"
#include "tracking/aliases.h"
#include "tracking/decisions.h"
#include "tracking/group.h"

/// Who is who. Each edition's groups are matched to live and ended agreements one to one, in tiers
/// of evidence from strong to weak; within a tier the best global assignment counts, never the
/// first found. What an earlier tier matched is out of the later ones' reach. What people decided
/// comes before all tiers, and bars a pair in each.
namespace agreementd::tracking {

/// `Match::tier` of what a person decided.
inline constexpr int decided_tier = 7;

struct Matched {
  std::size_t group = 0;
  std::size_t agreement = 0;
  Match match;
};

/// A live agreement that leaves and a group that enters (or is one of a name), which may be one.
struct Undecided {
  std::size_t agreement = 0;
  std::size_t group = 0;
  std::string question;
};

struct Matching {
  std::vector<Matched> matched;      ///< by group
  std::vector<std::size_t> fresh;    ///< groups that are no agreement we know, ascending
  std::vector<std::size_t> leaving;  ///< live agreements that no group is, ascending
  std::vector<Undecided> undecided;  ///< handovers too unlike to be taken for one agreement
};

/// `agreements`: of one list, live and ended. `at`: the edition's instant, for how long an
/// agreement has been gone.
Matching match(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
               Instant at, const Aliases& aliases, const Decisions& decisions);

}  // namespace agreementd::tracking
