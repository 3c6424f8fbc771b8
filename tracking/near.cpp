#include <algorithm>
#include <cstddef>

#include "model/states.h"
#include "tracking/normalise.h"

namespace agreementd::tracking {
namespace {

using Words = std::vector<std::string>;

/// What is in `one` and not in `other`, counted as often as it stands there.
Words without(Words one, const Words& other) {
  for (const auto& word : other)
    if (const auto at = std::find(one.begin(), one.end(), word); at != one.end()) one.erase(at);
  return one;
}

/// A short word says too little to be a slip of another: `Clay` and `Gray` are two counties.
bool may_be_slip(const std::string& one, const std::string& other) {
  const auto shorter = std::min(one.size(), other.size());
  const int allowed = shorter >= 7 ? 2 : shorter >= 4 ? 1 : 0;
  return allowed > 0 && edit_distance(one, other) <= allowed;
}

/// Takes pairs of words that may be slips of each other out of both lists; answers how many.
int take_slips(Words& one, Words& other) {
  int slips = 0;
  for (auto word = one.begin(); word != one.end();) {
    const auto twin = std::find_if(other.begin(), other.end(), [&](const std::string& candidate) {
      return may_be_slip(*word, candidate);
    });
    if (twin == other.end()) {
      ++word;
      continue;
    }
    other.erase(twin);
    word = one.erase(word);
    ++slips;
  }
  return slips;
}

std::string joined(const Words& words) {
  std::string text;
  for (const auto& word : words) text += word;
  return text;
}

/// Words that a name may gain or lose and stay the same body: not the first word of a short name,
/// not one that tells bodies apart.
bool optional_words(const Words& extra, const Words& common) {
  if (extra.size() > common.size()) return false;
  const bool says_who = std::any_of(common.begin(), common.end(),
                                    [](const auto& word) { return !tells_bodies_apart(word); });
  return says_who && std::none_of(extra.begin(), extra.end(), tells_bodies_apart);
}

/// Leaves out the state's own name or code in front: `Alaska Department of Corrections` is
/// `Department of Corrections` among Alaska's agencies.
Words without_state(const Words& words, const std::string& code) {
  const auto* state = find_state(code);
  if (state == nullptr) return words;
  for (const auto label : {state->name, state->code}) {
    const auto prefix = normalise_name(label).words;
    if (words.size() <= prefix.size()) continue;
    if (!std::equal(prefix.begin(), prefix.end(), words.begin())) continue;
    const auto& next = words[prefix.size()];
    if (next == "county" || next == "city" || next == "parish") continue;  // Iowa County, Iowa
    return Words(words.begin() + static_cast<std::ptrdiff_t>(prefix.size()), words.end());
  }
  return words;
}

bool near_words(const Words& a, const Words& b) {
  auto only_a = without(a, b);
  auto only_b = without(b, a);
  const auto common = without(a, only_a);
  if (only_a.empty() && only_b.empty()) return true;
  const auto text_a = joined(a);
  const auto text_b = joined(b);
  if (text_a == text_b) return true;
  const int slips = take_slips(only_a, only_b);
  if (only_a.empty() && only_b.empty()) return slips <= 2;
  if (slips > 0) return false;
  if (only_a.empty()) return optional_words(only_b, common);
  if (only_b.empty()) return optional_words(only_a, common);
  // One slip that also parts or joins words: `Lake Placd` and `Lakeplacid`.
  return a.size() != b.size() && std::min(text_a.size(), text_b.size()) >= 10 &&
         edit_distance(text_a, text_b) <= 1;
}

}  // namespace

bool nearly_equal(const Name& one, const Name& other, const std::string& state) {
  if (one.numbers != other.numbers) return false;
  return near_words(one.words, other.words) ||
         near_words(without_state(one.words, state), without_state(other.words, state));
}

}  // namespace agreementd::tracking
