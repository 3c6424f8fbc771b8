#include "tests/generator/bodies.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "tests/generator/places.h"

namespace agreementd::generator {
namespace {

/// Pairs that must stay two, whatever is printed of them. Counties are real, the rest is common.
std::vector<Body> pairs_of_namesakes() {
  return {
      // One letter more, in one county.
      {"PA", "Green Township Constable's Office", "Municipality", "Indiana County"},
      {"PA", "Greene Township Constable's Office", "Municipality", "Indiana County"},
      // Told apart by a number alone.
      {"TX", "Bell County Constable Precinct 1", "County", "Bell County"},
      {"TX", "Bell County Constable Precinct 2", "County", "Bell County"},
      {"TX", "Comal County Constable Pct. 3", "County", "Comal County"},
      {"TX", "Comal County Constable Pct. 4", "County", "Comal County"},
      // A city and its county.
      {"TX", "Victoria Police Department", "Municipality", "Victoria County"},
      {"TX", "Victoria County Sheriff's Office", "County", "Victoria County"},
      // Told apart by COUNTY alone.
      {"PA", "Washington Township Police Department", "Municipality", "Berks County", true},
      {"PA", "Washington Township Police Department", "Municipality", "Erie County", true},
      {"PA", "Jackson Township Constable's Office", "Municipality", "Cambria County", true},
      {"PA", "Jackson Township Constable's Office", "Municipality", "Lebanon County", true},
      // Two counties one or two letters apart.
      {"TX", "Hale County Sheriff's Office", "County", "Hale County"},
      {"TX", "Hall County Sheriff's Office", "County", "Hall County"},
      {"GA", "Barrow County Sheriff's Office", "County", "Barrow County"},
      {"GA", "Bartow County Sheriff's Office", "County", "Bartow County"},
      // A place and a part of it, or one beside it.
      {"FL", "Palmview Police Department", "Municipality", "Pasco County"},
      {"FL", "Palmview Beach Police Department", "Municipality", "Pasco County"},
      {"FL", "Heronwood Police Department", "Municipality", "Lee County"},
      {"FL", "North Heronwood Police Department", "Municipality", "Lee County"},
      // Two bodies of one place.
      {"FL", "Gulf County Sheriff's Office", "County", "Gulf County"},
      {"FL", "Gulf County Board of County Commissioners", "County", "Gulf County"},
      {"FL", "Mapleridge University Police Department", "University", "Leon County"},
      {"FL", "Mapleridge State College Police Department", "University", "Leon County"},
  };
}

std::string county_of(const StatePlaces& state, std::string_view name) {
  return std::string(name) + ' ' + std::string(state.county);
}

Body county_body(Draw& draw, const StatePlaces& state) {
  const auto county = county_of(state, draw.pick(state.counties));
  static constexpr std::array sheriffs{"Sheriff's Office", "Sheriff's Office", "Sheriff's Office",
                                       "Sheriff's Department"};
  static constexpr std::array others{"Board of County Commissioners", "Detention Center", "Jail",
                                     "Department of Corrections"};
  const std::string kind = draw.chance(0.92) ? draw.pick(sheriffs) : draw.pick(others);
  return {std::string(state.code), county + ' ' + kind, "County", county};
}

Body town_body(Draw& draw, const StatePlaces& state) {
  const auto county = county_of(state, draw.pick(state.counties));
  auto name = town(draw);
  if (state.code == "PA" && draw.chance(0.5))
    name += draw.chance(0.5) ? " Township Constable's Office" : " Borough Police Department";
  else
    name += draw.chance(0.9) ? " Police Department" : " Department of Public Safety";
  if (draw.chance(0.05)) name = "City of " + name;
  return {std::string(state.code), name, "Municipality", county};
}

Body constable(Draw& draw, const StatePlaces& state) {
  const auto county = county_of(state, draw.pick(state.counties));
  return {std::string(state.code),
          county + " Constable Precinct " + std::to_string(draw.between(1, 4)), "County", county};
}

Body state_body(Draw& draw, const StatePlaces& state) {
  static constexpr std::array kinds{"Department of Corrections",
                                    "Department of Public Safety",
                                    "State Police",
                                    "Highway Patrol",
                                    "National Guard",
                                    "Bureau of Investigation",
                                    "Department of Agriculture",
                                    "Department of Wildlife Resources",
                                    "State Guard",
                                    "Attorney General's Office",
                                    "Department of Financial Services",
                                    "Marine Patrol"};
  return {std::string(state.code), std::string(state.name) + ' ' + draw.pick(kinds), "State Agency",
          ""};
}

Body campus(Draw& draw, const StatePlaces& state) {
  const auto county = county_of(state, draw.pick(state.counties));
  const auto place = town(draw);
  if (draw.chance(0.4))
    return {std::string(state.code), place + " Airport Authority Police Department", "Municipality",
            county};
  return {std::string(state.code),
          place + (draw.chance(0.5) ? " University" : " State College") + " Police Department",
          "University", county};
}

const StatePlaces& some_state(Draw& draw) {
  const auto states = state_places();
  int all = 0;
  for (const auto& state : states) all += state.weight;
  int left = draw.between(1, all);
  for (const auto& state : states)
    if ((left -= state.weight) <= 0) return state;
  return states.back();
}

/// Kinds about as often as in the lists of 2025.
Body some_body(Draw& draw) {
  const auto& state = some_state(draw);
  const int kind = draw.between(1, 100);
  if (kind <= 50) return county_body(draw, state);
  if (kind <= 85) return town_body(draw, state);
  if (kind <= 89) return state.code == "TX" ? constable(draw, state) : town_body(draw, state);
  if (kind <= 95) return campus(draw, state);
  return state_body(draw, state);
}

}  // namespace

bool keeps_prisoners(const Body& body) {
  return std::ranges::any_of(
      std::array{"Sheriff", "Commissioners", "Detention", "Jail", "Corrections"},
      [&](const char* word) { return body.name.find(word) != std::string::npos; });
}

std::string plain(const std::string& text) {
  std::string result;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string bare(std::string name) {
  for (const char* word : {"City of ", "'s Office", "'s Department", " Department"})
    if (const auto at = name.find(word); at != std::string::npos)
      name.erase(at, std::string(word).size());
  if (const auto at = name.find("Pct."); at != std::string::npos) name.replace(at, 4, "Precinct");
  return plain(name);
}

std::vector<Body> make_bodies(Draw& draw, std::size_t count) {
  auto bodies = pairs_of_namesakes();
  std::set<std::string> names;
  for (const auto& body : bodies) names.insert(body.state + bare(body.name));
  while (bodies.size() < count) {
    auto body = some_body(draw);
    if (names.insert(body.state + bare(body.name)).second) bodies.push_back(std::move(body));
  }
  return bodies;
}

}  // namespace agreementd::generator
