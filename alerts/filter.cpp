#include "alerts/filter.h"

#include <algorithm>
#include <string_view>

#include "alerts/glob.h"

namespace agreementd::alerts {
namespace {

template <typename Value>
bool among(const std::set<Value>& allowed, const Value& value) {
  return allowed.empty() || allowed.contains(value);
}

/// The lists print one or the other.
std::string with_plain_apostrophes(std::string text) {
  constexpr std::string_view curly = "\u2019";
  for (auto at = text.find(curly); at != std::string::npos; at = text.find(curly, at))
    text.replace(at, curly.size(), "'");
  return text;
}

bool agency_passes(const std::vector<std::string>& patterns, const std::string& agency) {
  return patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
           return matches_glob(with_plain_apostrophes(pattern), with_plain_apostrophes(agency));
         });
}

/// What a field was before it changed; else what it is.
const std::string& before(const Change& change, Column field, const std::string& now) {
  const auto found = std::ranges::find(change.fields, field, &FieldChange::field);
  return found == change.fields.end() ? now : found->before;
}

bool among_either(const std::set<std::string>& allowed, const Change& change, Column field,
                  const std::string& now) {
  return among(allowed, now) || among(allowed, before(change, field, now));
}

bool either_agency_passes(const std::vector<std::string>& patterns, const Change& change) {
  return agency_passes(patterns, change.agency) ||
         agency_passes(patterns, before(change, Column::agency, change.agency));
}

}  // namespace

bool passes(const Filter& filter, const Entry& entry) {
  const Change& change = entry.change;
  const auto significance = change.clerical ? Significance::clerical : Significance::substantive;
  return change.kind != ChangeKind::retracted && among(filter.lists, change.list) &&
         among(filter.kinds, change.kind) &&
         among_either(filter.states, change, Column::state, change.state) &&
         among_either(filter.models, change, Column::model, change.model) &&
         among(filter.causes, entry.cause) && among(filter.significances, significance) &&
         (filter.unconfirmed || !change.unconfirmed) &&
         either_agency_passes(filter.agencies, change);
}

}  // namespace agreementd::alerts
