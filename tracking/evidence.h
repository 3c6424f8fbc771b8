#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tracking/agreement.h"
#include "tracking/group.h"
#include "tracking/match.h"

/// The tiers 2 to 6: each looks at one agreement and one group and says whether they may be one, at
/// what cost (lower is likelier), and in words why. Pure.
namespace agreementd::tracking {

struct Evidence {
  int cost = 0;
  std::string words;
  /// Counts only where neither side could be another's: one leaves as one enters.
  bool needs_clean_handover = false;
  /// Nothing speaks against it, but too little for it: a question for a person.
  bool undecided = false;
};

/// What an edition looks like as a whole where that decides about a pair.
struct Scene {
  /// state|name|model of the edition's groups, and of the agreements live before it.
  std::set<std::string> names_now, names_before;
  /// The same without the model: which bodies are listed at all.
  std::set<std::string> bodies_now, bodies_before;
  /// How many groups of the edition, and how many live agreements before it, link an MOA file.
  std::map<std::string, int> moas_now, moas_before;
  const Aliases* aliases = nullptr;
};
Scene look_at(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
              const Aliases& aliases);
/// state|name|model.
std::string name_and_model(const Form& form);

std::optional<Evidence> same_alias(const Agreement&, const Group&, const Scene&);      // tier 2
std::optional<Evidence> same_moa(const Agreement&, const Group&, const Scene&);        // tier 3
std::optional<Evidence> misspelling(const Agreement&, const Group&, const Scene&);     // tier 4
std::optional<Evidence> corrected_date(const Agreement&, const Group&, const Scene&);  // tier 5

/// Tier 6 needs a clean handover: the only one that leaves as the only one enters. What leaves and
/// what enters must agree in all but one of state, agency and model; `what_else` is all else.
struct Handover {
  Column corrected = Column::agency;
  std::string what_else;  ///< equal for two sides that may be one
};
/// The handovers a form could be part of. None without a signing date, readable or at least
/// written: too little would be left.
std::vector<Handover> handovers(const Form& form);
std::optional<Evidence> handed_over(const Agreement&, const Group&, Column corrected, const Scene&);
/// A misspelled name (or another state) and a date that was off by days, corrected in one edition
/// while the MOA was pending; or another state where there is no date. Needs a clean handover too.
std::optional<Evidence> two_at_once(const Agreement&, const Group&, const Scene&);

/// Both link a document at some time, and not the same one.
bool moas_contradict(const Agreement& agreement, const Group& group);

/// True where the group is a later agreement of the same agency and model with its own MOA: a
/// renewal that supersedes the old one, no correction. One months later is neither for sure.
/// `moas`: the files linked for the later one.
bool renews(const Agreement& agreement, const Group& group, const std::set<std::string>& moas);

}  // namespace agreementd::tracking
