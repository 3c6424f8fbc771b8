#include "tracking/words.h"

#include <unordered_map>
#include <unordered_set>

namespace agreementd::tracking {

std::vector<std::string> written_out(const std::string& word) {
  static const std::unordered_map<std::string, std::vector<std::string>> abbreviations{
      {"dept", {"department"}},
      {"depart", {"department"}},
      {"dpt", {"department"}},
      {"ofc", {"office"}},
      {"co", {"county"}},
      {"cnty", {"county"}},
      {"par", {"parish"}},
      {"twp", {"township"}},
      {"boro", {"borough"}},
      {"st", {"saint"}},
      {"ste", {"sainte"}},
      {"ft", {"fort"}},
      {"pd", {"police", "department"}},
      {"so", {"sheriff", "office"}},
      {"sheriffs", {"sheriff"}},
      {"doc", {"department", "corrections"}},
      {"dps", {"department", "public", "safety"}},
      {"bocc", {"board", "county", "commissioners"}},
      {"univ", {"university"}},
      {"hwy", {"highway"}},
      {"natl", {"national"}},
      {"div", {"division"}},
      {"bd", {"board"}},
      {"corr", {"corrections"}},
      {"govt", {"government"}},
      {"pct", {"precinct"}},
      {"dist", {"district"}},
      {"atty", {"attorney"}},
      {"gen", {"general"}},
      {"intl", {"international"}},
      {"ctr", {"center"}},
      {"centre", {"center"}},
      {"harbour", {"harbor"}},
      {"svcs", {"services"}},
      {"enf", {"enforcement"}},
  };
  const auto found = abbreviations.find(word);
  return found == abbreviations.end() ? std::vector{word} : found->second;
}

bool is_filler(const std::string& word) {
  static const std::unordered_set<std::string> fillers{"of", "the",    "and",        "for", "in",
                                                       "at", "office", "department", "a"};
  return fillers.contains(word);
}

bool is_kind(const std::string& word) {
  static const std::unordered_set<std::string> kinds{
      "county",     "parish",    "city",          "town",       "township",  "borough",
      "village",    "sheriff",   "police",        "constable",  "marshal",   "jail",
      "correction", "school",    "college",       "university", "airport",   "port",
      "district",   "precinct",  "judicial",      "tribal",     "tribe",     "nation",
      "state",      "highway",   "patrol",        "attorney",   "court",     "commissioner",
      "board",      "fire",      "detention",     "guard",      "probation", "parole",
      "transit",    "authority", "investigation", "bureau",     "campus",    "institute",
      "academy",    "center",    "facility",      "complex",    "security",  "trustee",
      "hospital",   "safety",    "public",        "department", "office"};
  return kinds.contains(word);
}

bool is_place(const std::string& word) {
  static const std::unordered_set<std::string> places{
      "north",     "south",    "east",          "west",         "northern",  "southern",
      "eastern",   "western",  "northeast",     "northwest",    "southeast", "southwest",
      "upper",     "lower",    "new",           "old",          "big",       "little",
      "central",   "middle",   "mid",           "gulf",         "beach",     "shore",
      "height",    "hill",     "park",          "spring",       "lake",      "island",
      "isle",      "harbor",   "fort",          "saint",        "garden",    "bluff",
      "valley",    "ridge",    "point",         "bay",          "bend",      "river",
      "creek",     "cove",     "fall",          "grove",        "key",       "terrace",
      "estate",    "mesa",     "prairie",       "rock",         "mount",     "mountain",
      "junction",  "crossing", "haven",         "landing",      "station",   "field",
      "wood",      "forest",   "international", "metropolitan", "regional",  "community",
      "technical", "memorial"};
  return places.contains(word);
}

bool is_part(const std::string& word) {
  static const std::unordered_set<std::string> parts{"service", "agency", "unit", "headquarter",
                                                     "section"};
  return parts.contains(word);
}

bool is_counted(const std::string& word) {
  static const std::unordered_set<std::string> counted{"precinct", "district", "ward",  "zone",
                                                       "troop",    "region",   "area",  "place",
                                                       "division", "circuit",  "number"};
  return counted.contains(word);
}

std::optional<int> number_word(const std::string& word) {
  static const std::unordered_map<std::string, int> numbers{
      {"one", 1},     {"two", 2},    {"three", 3}, {"four", 4},   {"five", 5},      {"six", 6},
      {"seven", 7},   {"eight", 8},  {"nine", 9},  {"ten", 10},   {"eleven", 11},   {"twelve", 12},
      {"first", 1},   {"second", 2}, {"third", 3}, {"fourth", 4}, {"fifth", 5},     {"sixth", 6},
      {"seventh", 7}, {"eighth", 8}, {"ninth", 9}, {"tenth", 10}, {"eleventh", 11}, {"twelfth", 12},
      {"i", 1},       {"ii", 2},     {"iii", 3},   {"iv", 4},     {"v", 5},         {"vi", 6},
      {"vii", 7},     {"viii", 8},   {"ix", 9},    {"x", 10}};
  const auto found = numbers.find(word);
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace agreementd::tracking
