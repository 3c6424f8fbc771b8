#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tracking/agreement.h"
#include "tracking/group.h"

/// Who is who. Each edition's groups are matched to live and ended agreements one to one, in tiers
/// of evidence from strong to weak; within a tier the best global assignment counts, never the
/// first found. What an earlier tier matched is out of the later ones' reach.
namespace agreementd::tracking {

/// Names that no rule can know to be one body's: (state, printed name) → canonical name.
class Aliases {
 public:
  Aliases() = default;
  void add(const std::string& state, const std::string& printed, const std::string& canonical);
  /// The key of the canonical name; the name's own key where it has no alias.
  [[nodiscard]] const std::string& canonical(const std::string& state, const Name& name) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> keys_;
};

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
               Instant at, const Aliases& aliases);

}  // namespace agreementd::tracking
