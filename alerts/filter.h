#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/history.h"

namespace agreementd::alerts {

enum class Significance { substantive, clerical };

/// Which entries a sink is told of. An empty set means any. Where a state, model or agency changed,
/// either will do, what it was and what it is: who was told of the one is told of the other.
struct Filter {
  std::set<List> lists;
  std::set<ChangeKind> kinds;
  std::set<std::string> states;       ///< two letters, upper case
  std::set<std::string> models;       ///< `JEM`, `TFM` …, or as printed
  std::vector<std::string> agencies;  ///< as printed, or with `*` and `?` (`alerts/glob.h`)
  std::set<Significance> significances = {Significance::substantive};
  std::set<Cause> causes = {Cause::edition};
  bool unconfirmed = true;  ///< whether those that are unconfirmed pass
};

/// Whether an entry that tells of something passes. Of a retraction it is always false, since that
/// is not for a filter to decide: it goes to every sink that was sent the entry it retracts, and to
/// no other, whatever the filters say. Who was sent what the caller knows.
bool passes(const Filter& filter, const Entry& entry);

}  // namespace agreementd::alerts
