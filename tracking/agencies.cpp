#include "tracking/agencies.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "tracking/sets.h"

namespace agreementd::tracking {
namespace {

/// One name of an agreement, when it was listed under it.
struct Naming {
  std::size_t position = 0;  ///< of the edition
  std::size_t agreement = 0;
  PlacedName name;
  auto operator<=>(const Naming&) const = default;
};

/// Agreements of one (state, name) in one place.
struct Namesakes {
  std::size_t first = 0;
  std::set<std::string> counties;
};

std::string state_of(const PlacedName& name) {
  return name.state_and_name.substr(0, name.state_and_name.find('|'));
}

std::vector<Naming> namings_in_order(const std::vector<Agreement>& agreements,
                                     const std::unordered_map<Sha256, std::size_t>& positions) {
  std::vector<Naming> namings;
  for (std::size_t a = 0; a < agreements.size(); ++a)
    for (const auto& version : agreements[a].versions())
      for (const auto& row : version.rows)
        namings.push_back({positions.at(version.from_edition), a, placed_name(row)});
  std::sort(namings.begin(), namings.end());
  namings.erase(std::unique(namings.begin(), namings.end()), namings.end());
  return namings;
}

/// The place an agreement's county fits in: one that has this county, else the first that none of
/// its counties contradicts.
Namesakes* find_place(std::vector<Namesakes>& places, const std::string& county,
                      const std::string& state) {
  for (auto& place : places)
    if (!county.empty() && place.counties.contains(county)) return &place;
  for (auto& place : places)
    if (std::none_of(place.counties.begin(), place.counties.end(), [&](const auto& known) {
          return counties_contradict(known, state, county, state);
        }))
      return &place;
  return nullptr;
}

}  // namespace

std::vector<std::size_t> agencies_of(const std::vector<Agreement>& agreements,
                                     const std::unordered_map<Sha256, std::size_t>& positions) {
  Sets sets(agreements.size());
  std::map<std::string, std::vector<Namesakes>> by_name;
  for (const auto& [position, agreement, name] : namings_in_order(agreements, positions)) {
    auto& places = by_name[name.state_and_name];
    const auto own = std::find_if(places.begin(), places.end(), [&](const Namesakes& place) {
      return sets.root(place.first) == sets.root(agreement);
    });
    auto* place = own != places.end() ? &*own : find_place(places, name.county, state_of(name));
    if (place == nullptr) place = &places.emplace_back(Namesakes{agreement, {}});
    if (!name.county.empty()) place->counties.insert(name.county);
    sets.join(place->first, agreement);
  }
  std::vector<std::size_t> agency(agreements.size());
  for (std::size_t a = 0; a < agreements.size(); ++a) agency[a] = sets.root(a);
  return agency;
}

}  // namespace agreementd::tracking
