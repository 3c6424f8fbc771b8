#include "tracking/words.h"

#include <unordered_map>
#include <unordered_set>

#include "tracking/normalise.h"

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
      {"svcs", {"services"}},
      {"enf", {"enforcement"}},
      {"first", {"1"}},
      {"second", {"2"}},
      {"third", {"3"}},
      {"fourth", {"4"}},
      {"fifth", {"5"}},
      {"1st", {"1"}},
      {"2nd", {"2"}},
      {"3rd", {"3"}},
      {"4th", {"4"}},
      {"5th", {"5"}},
  };
  const auto found = abbreviations.find(word);
  return found == abbreviations.end() ? std::vector{word} : found->second;
}

bool is_filler(const std::string& word) {
  static const std::unordered_set<std::string> fillers{"of", "the",    "and",        "for", "in",
                                                       "at", "office", "department", "a"};
  return fillers.contains(word);
}

bool tells_bodies_apart(const std::string& word) {
  static const std::unordered_set<std::string> words{
      "county",  "parish",     "city",      "town",    "township",     "borough",    "village",
      "sheriff", "police",     "constable", "marshal", "jail",         "correction", "school",
      "college", "university", "airport",   "port",    "district",     "precinct",   "judicial",
      "north",   "south",      "east",      "west",    "northern",     "southern",   "eastern",
      "western", "upper",      "lower",     "new",     "old",          "big",        "little",
      "beach",   "height",     "hill",      "park",    "spring",       "lake",       "island",
      "harbor",  "fort",       "saint",     "tribal",  "tribe",        "nation",     "state",
      "highway", "patrol",     "attorney",  "court",   "commissioner", "board",      "fire"};
  return words.contains(word);
}

}  // namespace agreementd::tracking
