#include "tracking/agreement.h"

#include <utility>

namespace agreementd::tracking {

PlacedName placed_name(const Listing& row) {
  return {row.state + '|' + normalise_name(row.agency).key, normalise_county(row.county)};
}

Agreement::Agreement(std::vector<Version> versions) : versions_(std::move(versions)) {
  for (const auto& version : versions_) learn(version);
}

void Agreement::learn(const Version& version) {
  forms_.clear();
  current_keys_.clear();
  for (const auto& row : version.rows) {
    forms_.push_back(form_of(row));
    current_keys_.insert(forms_.back().key());
    if (!forms_.back().moa.empty()) all_moas_.insert(forms_.back().moa);
  }
  all_keys_.insert(current_keys_.begin(), current_keys_.end());
  moa_ = moa_file(version.facts.moa_url);
  if (!moa_.empty()) all_moas_.insert(moa_);
}

void Agreement::end(const Edition& edition) {
  versions_.back().to = edition.instant;
  versions_.back().to_edition = edition.id;
}

void Agreement::begin(Version version, const Edition& edition) {
  if (live()) end(edition);
  learn(version);
  versions_.push_back(std::move(version));
}

}  // namespace agreementd::tracking
