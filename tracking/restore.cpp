#include "tracking/restore.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace agreementd::tracking {
namespace {

/// Position of each edition of the prefix, by id.
using Positions = std::unordered_map<Sha256, std::size_t>;

Positions positions_of(const std::vector<Edition>& prefix) {
  Positions positions;
  for (std::size_t i = 0; i < prefix.size(); ++i) positions.emplace(prefix[i].id, i);
  return positions;
}

/// Rows in the order of `group_listings`: the fold sorts new agreements of an edition by it.
std::vector<Listing> canonical_rows(const Version& version) {
  auto rows = version.rows;
  std::sort(rows.begin(), rows.end(), canonical_less);
  return rows;
}

}  // namespace

Restored restore(const StoredHistory& stored, const std::vector<Edition>& prefix) {
  const auto positions = positions_of(prefix);
  std::map<std::string, std::string> redirects;
  for (const auto& redirect : stored.redirects) redirects.emplace(redirect.from, redirect.to);
  const auto known_as = [&](const std::string& id) {
    const auto redirect = redirects.find(id);
    return redirect == redirects.end() ? id : redirect->second;
  };
  std::map<std::string, std::vector<Version>> by_id;
  for (const auto& [version_id, version] : stored.versions) {
    if (!positions.contains(version.from_edition)) continue;
    auto& mine = by_id[known_as(version.agreement_id)];
    mine.push_back(version);
    if (version.to_edition && !positions.contains(*version.to_edition)) {
      mine.back().to.reset();
      mine.back().to_edition.reset();
    }
  }

  struct Entry {
    std::size_t position;
    std::vector<Listing> rows;
    std::string id;
    std::vector<Version> versions;
  };
  std::vector<Entry> entries;
  for (auto& [id, versions] : by_id) {
    std::sort(versions.begin(), versions.end(),
              [](const Version& one, const Version& other) { return one.from < other.from; });
    entries.push_back({positions.at(versions.front().from_edition),
                       canonical_rows(versions.front()), id, std::move(versions)});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& one, const Entry& other) {
    if (one.position != other.position) return one.position < other.position;
    return std::lexicographical_compare(one.rows.begin(), one.rows.end(), other.rows.begin(),
                                        other.rows.end(), canonical_less);
  });
  Restored restored;
  for (auto& entry : entries) {
    restored.agencies.push_back(known_as(entry.versions.back().agency_id));
    restored.agreements.emplace_back(std::move(entry.versions));
    restored.ids.push_back(std::move(entry.id));
  }
  return restored;
}

}  // namespace agreementd::tracking
