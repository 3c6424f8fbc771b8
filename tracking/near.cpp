#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

#include "model/states.h"
#include "tracking/counties.h"
#include "tracking/normalise.h"
#include "tracking/words.h"

namespace agreementd::tracking {
namespace {

using Words = std::vector<std::string>;

/// What is in `one` and not in `other`, counted as often as it stands there.
Words without(Words one, const Words& other) {
  for (const auto& word : other)
    if (const auto at = std::find(one.begin(), one.end(), word); at != one.end()) one.erase(at);
  return one;
}

std::string joined(const Words& words, const std::string& between = "") {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

bool is_vocabulary(const std::string& word) {
  return is_kind(word) || is_filler(word) || is_part(word);
}

bool is_known(const std::string& word) { return is_vocabulary(word) || is_place(word); }

/// `Offic`, `Departent`: a filler word misspelled.
bool is_misspelled_filler(const std::string& word) {
  return edit_distance(word, "office") <= 1 || edit_distance(word, "department") <= 2;
}

/// Letters swapped with their neighbours.
bool is_swap(const std::string& one, const std::string& other) {
  return edit_distance(one, other) == 1 && one.size() == other.size() &&
         std::is_permutation(one.begin(), one.end(), other.begin());
}

/// A parish is Louisiana's county.
bool is_county_word(const std::string& word) { return word == "county" || word == "parish"; }

/// Whether one word may be the other misspelled. The shorter it is, the likelier one letter more or
/// other makes another name (`Hale` and `Hall`); swapped letters seldom do.
Likeness slip(const std::string& one, const std::string& other) {
  if (is_county_word(one) && is_county_word(other)) return Likeness::form;
  const auto shorter = std::min(one.size(), other.size());
  if (std::max(one.size(), other.size()) - shorter > 2) return Likeness::none;
  const int distance = edit_distance(one, other);
  if (distance > 2) return Likeness::none;
  // Two words that exist: the northern university is not the southern one.
  if (is_known(one) && is_known(other)) return Likeness::none;
  const bool one_is_vocabulary = is_vocabulary(one) != is_vocabulary(other);
  if (one_is_vocabulary && shorter >= 4 && is_swap(one, other)) return Likeness::form;
  if (one_is_vocabulary && shorter >= 5)
    return distance <= (shorter >= 7 ? 2 : 1) ? Likeness::form : Likeness::none;
  if (shorter >= 5 && is_swap(one, other)) return Likeness::near;
  if (distance <= (shorter >= 9 ? 2 : shorter >= 6 ? 1 : 0)) return Likeness::near;
  const bool four_letters = std::max(one.size(), other.size()) >= 4 && shorter >= 3;
  return distance <= (shorter >= 7   ? 2
                      : four_letters ? 1
                                     : 0)
             ? Likeness::doubtful
             : Likeness::none;
}

/// Takes pairs of words that may be slips of each other out of both lists; the least of their
/// likenesses, none where there are more than two.
Likeness take_slips(Words& one, Words& other) {
  auto least = Likeness::same;
  int count = 0;
  for (auto word = one.begin(); word != one.end();) {
    const auto twin = std::max_element(
        other.begin(), other.end(),
        [&](const auto& a, const auto& b) { return slip(*word, a) < slip(*word, b); });
    const auto likeness = twin == other.end() ? Likeness::none : slip(*word, *twin);
    if (likeness == Likeness::none) {
      ++word;
      continue;
    }
    least = std::min(least, likeness);
    ++count;
    other.erase(twin);
    word = one.erase(word);
  }
  return count <= 2 ? least : Likeness::none;
}

/// Words that one name has more than the other.
Likeness extra_words(Words extra, const Words& common) {
  // A misspelled filler says nothing, a part of a body little, whatever the rest of the name says.
  std::erase_if(extra, is_misspelled_filler);
  if (extra.empty()) return Likeness::form;
  if (std::all_of(extra.begin(), extra.end(), is_part) && extra.size() < common.size())
    return Likeness::near;
  const bool says_who = std::any_of(common.begin(), common.end(), [](const auto& word) {
    return !is_kind(word) && !is_place(word);
  });
  if (extra.size() > common.size() || !says_who) return Likeness::none;
  auto least = Likeness::form;
  for (const auto& word : extra) {
    if (is_kind(word) || is_place(word)) return Likeness::none;
    least = std::min(least, is_part(word) ? Likeness::near : Likeness::doubtful);
  }
  return least;
}

/// The state's name and code as words; none where no state is meant.
const std::vector<Words>& labels_of(const std::string& code) {
  static const auto all = [] {
    std::map<std::string, std::vector<Words>> labels;
    for (const auto& state : states())
      labels[std::string(state.code)] = {normalise_name(state.name).words,
                                         normalise_name(state.code).words};
    return labels;
  }();
  static const std::vector<Words> none;
  const auto found = all.find(code);
  return found == all.end() ? none : found->second;
}

/// Leaves out the state's own name or code in front or at the end: `Utah Department of
/// Fisheries` is `Department of Fisheries` among Utah's agencies.
Words without_state(const Words& words, const std::string& code) {
  for (const auto& name : labels_of(code)) {
    if (words.size() <= name.size()) continue;
    const auto length = static_cast<std::ptrdiff_t>(name.size());
    if (std::equal(name.begin(), name.end(), words.begin())) {
      const auto& next = words[name.size()];
      if (is_county_word(next) || next == "city") continue;  // Iowa County, Iowa
      return {words.begin() + length, words.end()};
    }
    if (std::equal(name.begin(), name.end(), words.end() - length))
      return {words.begin(), words.end() - length};
  }
  return words;
}

/// The words in front of `county` or `parish`; empty: none.
Words county_words(const Words& words) {
  const auto at = std::find_if(words.begin(), words.end(), is_county_word);
  return at == words.end() ? Words{} : Words{words.begin(), at};
}

/// What the names say of the county: both exist and differ, or one does not exist at all.
enum class Counties { unclear, two, misprint };
Counties counties_of(const Words& a, const Words& b, const std::string& state) {
  const auto one = joined(county_words(a));
  const auto other = joined(county_words(b));
  if (one.empty() || other.empty() || one == other) return Counties::unclear;
  const int known = (is_county(state, one) ? 1 : 0) + (is_county(state, other) ? 1 : 0);
  return known == 2 ? Counties::two : known == 1 ? Counties::misprint : Counties::unclear;
}

/// `Town of Marlow Police`, of which the other is `Marlow Police`. Not so `Township`: it often lies
/// around a borough of its name.
bool is_municipality_of(const Words& one, const Words& other) {
  const auto& longer = one.size() > other.size() ? one : other;
  const auto& shorter = one.size() > other.size() ? other : one;
  // Misspelled too: `Ciity of Marlow`.
  const auto is_front = [&](const char* word) { return edit_distance(longer.front(), word) <= 1; };
  const bool municipality =
      is_front("town") || is_front("village") || is_front("borough") || is_front("city");
  return municipality && shorter.size() > 1 && longer.size() == shorter.size() + 1 &&
         std::equal(shorter.begin(), shorter.end(), longer.begin() + 1);
}

Likeness compare_words(const Words& a, const Words& b, const std::string& state) {
  if (is_municipality_of(a, b)) return Likeness::near;
  auto only_a = without(a, b);
  auto only_b = without(b, a);
  const auto common = without(a, only_a);
  if (only_a.empty() && only_b.empty()) return Likeness::form;
  const auto counties = counties_of(a, b, state);
  if (counties == Counties::two) return Likeness::none;
  const auto text_a = joined(a);
  const auto text_b = joined(b);
  if (text_a == text_b) return Likeness::form;
  const bool one_word = only_a.size() == 1 && only_b.size() == 1;
  const auto slips = take_slips(only_a, only_b);
  if (only_a.empty() && only_b.empty()) {
    // In a name of four words or more that all agree but for one letter, it is a slip.
    const bool supported = counties == Counties::misprint ||
                           (common.size() >= 3 && one_word && edit_distance(text_a, text_b) <= 1);
    return slips == Likeness::doubtful && supported ? Likeness::near : slips;
  }
  if (slips == Likeness::same || slips == Likeness::form) {
    if (only_a.empty()) return extra_words(only_b, common);
    if (only_b.empty()) return extra_words(only_a, common);
  }
  // One slip that also parts or joins words: `Lake Marlw` and `Lakemarlow`.
  return a.size() != b.size() && std::min(text_a.size(), text_b.size()) >= 10 &&
                 edit_distance(text_a, text_b) <= 1
             ? Likeness::near
             : Likeness::none;
}

/// All but what says what kind of body it is, and the state's name.
Words place_words(const Words& words, const std::string& state) {
  Words result;
  for (const auto& word : without_state(words, state))
    if (!is_vocabulary(word)) result.push_back(word);
  return result;
}

/// The words that tell which body it is.
Words telling(const Words& words, const std::string& state) {
  const auto all = place_words(words, state);
  Words named;
  for (const auto& word : all)
    if (!is_place(word)) named.push_back(word);
  return named.empty() ? all : named;  // Gulf County, Lake County
}

/// A county that does not exist: likely a misprint of the other where half the letters agree.
bool misprinted_county(const Name& one, const Name& other, const std::string& state) {
  if (counties_of(one.words, other.words, state) != Counties::misprint) return false;
  const auto county = joined(county_words(one.words));
  const auto now = joined(county_words(other.words));
  return edit_distance(county, now) <= static_cast<int>(std::max(county.size(), now.size()) / 2);
}

/// One name is the other and more behind it: `Public Safety` and `Public Safety / Motor Unit`.
bool goes_on(const Words& one, const Words& other) {
  const auto& shorter = one.size() < other.size() ? one : other;
  const auto& longer = one.size() < other.size() ? other : one;
  return !shorter.empty() && is_kind(shorter.back()) &&
         std::equal(shorter.begin(), shorter.end(), longer.begin());
}

bool has(const Name& name, const char* word) {
  return std::find(name.words.begin(), name.words.end(), word) != name.words.end();
}

/// The offices a name speaks of.
std::set<std::string> offices(const Name& name) {
  std::set<std::string> found;
  for (const auto* word : {"constable", "police", "attorney", "marshal"})
    if (has(name, word)) found.insert(word);
  // A county's sheriff runs its jail.
  for (const auto* word : {"sheriff", "jail", "detention", "correction"})
    if (has(name, word)) found.insert("sheriff");
  return found;
}

/// The governments a name speaks of.
std::set<std::string> governments(const Name& name) {
  std::set<std::string> found;
  for (const auto* word : {"city", "town", "village", "borough", "township"})
    if (has(name, word)) found.insert(word);
  if (name.of_city) found.insert("city");
  if (std::any_of(name.words.begin(), name.words.end(), is_county_word)) found.insert("county");
  return found;
}

bool disjoint(const std::set<std::string>& one, const std::set<std::string>& other) {
  return !one.empty() && !other.empty() &&
         std::none_of(one.begin(), one.end(),
                      [&](const auto& word) { return other.contains(word); });
}

/// Nobody has a name so long: what is compared letter by letter must end some time.
constexpr std::size_t longest_name = 200;

}  // namespace

Likeness likeness(const Name& one, const Name& other, const std::string& state) {
  if (one.key == other.key) return Likeness::same;
  if (one.numbers != other.numbers) return Likeness::none;
  if (std::max(one.key.size(), other.key.size()) > longest_name) return Likeness::none;
  const auto as_printed = compare_words(one.words, other.words, state);
  const auto bare_one = without_state(one.words, state);
  const auto bare_other = without_state(other.words, state);
  if (bare_one == one.words && bare_other == other.words) return as_printed;
  // Without the state's name less is left to tell by: then nothing else may differ.
  const auto bare = compare_words(bare_one, bare_other, state);
  return bare == Likeness::form ? bare : as_printed;
}

bool of_two_counties(const Name& one, const Name& other, const std::string& state) {
  return counties_of(one.words, other.words, state) == Counties::two;
}

bool share_telling_word(const Name& one, const Name& other, const std::string& state) {
  const auto a = telling(one.words, state);
  const auto b = telling(other.words, state);
  return std::any_of(
             a.begin(), a.end(),
             [&](const auto& word) { return std::find(b.begin(), b.end(), word) != b.end(); }) ||
         misprinted_county(one, other, state);
}

bool of_one_place(const Name& one, const Name& other, const std::string& state) {
  const auto a = place_words(one.words, state);
  const auto b = place_words(other.words, state);
  const bool same = !a.empty() && without(a, b).empty() && without(b, a).empty();
  return same || misprinted_county(one, other, state);
}

bool of_two_kinds(const Name& one, const Name& other) {
  return disjoint(offices(one), offices(other)) || disjoint(governments(one), governments(other));
}

bool is_continued(const Name& one, const Name& other) {
  return one.numbers == other.numbers && goes_on(one.words, other.words);
}

bool counties_contradict(const std::string& county, const std::string& state,
                         const std::string& other, const std::string& other_state) {
  const auto names = [](const std::string& text) {
    std::vector<std::string> result(1);
    for (const char c : text)
      if (c == ';')
        result.emplace_back();
      else if (c != ' ')
        result.back() += c;
    return result;
  };
  if (county.empty() || other.empty()) return false;
  for (const auto& one : names(county))
    for (const auto& two : names(other)) {
      if (one == two) return false;
      const int known = (is_county(state, one) ? 1 : 0) + (is_county(other_state, two) ? 1 : 0);
      const int distance = edit_distance(one, two);
      const auto longer = static_cast<int>(std::max(one.size(), two.size()));
      const bool contains =
          one.find(two) != std::string::npos || two.find(one) != std::string::npos;
      // Neither exists (`Municipality`): as alike as a misspelling. One does: a misprint of it.
      if (known == 1 && (contains || distance <= longer / 2)) return false;
      if (known == 0 && (contains || distance <= (longer >= 7 ? 2 : longer >= 5 ? 1 : 0)))
        return false;
    }
  return true;
}

}  // namespace agreementd::tracking
