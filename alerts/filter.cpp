#include "alerts/filter.h"

#include <algorithm>

#include "alerts/glob.h"

namespace agreementd::alerts {
namespace {

template <typename Value>
bool among(const std::set<Value>& allowed, const Value& value) {
  return allowed.empty() || allowed.contains(value);
}

bool agency_passes(const std::vector<std::string>& patterns, const std::string& agency) {
  return patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
           return matches_glob(pattern, agency);
         });
}

}  // namespace

bool passes(const Filter& filter, const Entry& entry) {
  const Change& change = entry.change;
  const auto significance = change.clerical ? Significance::clerical : Significance::substantive;
  return change.kind != ChangeKind::retracted && among(filter.lists, change.list) &&
         among(filter.kinds, change.kind) && among(filter.states, change.state) &&
         among(filter.models, change.model) && among(filter.causes, entry.cause) &&
         among(filter.significances, significance) && (filter.unconfirmed || !change.unconfirmed) &&
         agency_passes(filter.agencies, change.agency);
}

}  // namespace agreementd::alerts
