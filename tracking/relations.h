#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tracking/agreement.h"
#include "tracking/group.h"
#include "tracking/match.h"

namespace agreementd::tracking {

/// Why one agreement leaves, or another enters, where an edition itself says so.
struct Relation {
  std::string reason;  ///< `superseded`, `renewal`, `switched`
  /// The other side: a position in `groups` (for what leaves) or in `agreements` (for what enters).
  std::size_t other = 0;
  std::string evidence;  ///< in words
};

/// A leaving agreement and a group, entering or of the same name, that may be one: the evidence
/// cannot settle it.
struct Doubt {
  std::size_t agreement = 0;
  std::size_t group = 0;
  std::string question;
  bool stays = false;  ///< the group is another agreement's for sure: only what leaves is in doubt
};

struct Relations {
  std::map<std::size_t, Relation> leaving;   ///< by agreement; `other` is a group
  std::map<std::size_t, Relation> entering;  ///< by group; `other` is an agreement
  std::vector<Doubt> doubts;
};

/// Renewals (a later agreement of the same agency and model with its own MOA, entering now or
/// listed beside the old one), switches (an agency
/// whose agreement under one model leaves as one under another enters), and what stays open: what a
/// person decided does not.
Relations relate(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
                 const Matching& matching, Instant at, const Decisions& decisions);

}  // namespace agreementd::tracking
