#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What makes two printed texts the same to us. Pure functions of the text alone.
namespace agreementd::tracking {

/// An agency's name, taken apart.
struct Name {
  /// Sorted nowhere: words in the order printed, lower case, without punctuation, abbreviations
  /// written out, plurals and possessives dropped, filler words (`of`, `the`, `office`,
  /// `department` …) left out. `City of` in front is left out too.
  std::vector<std::string> words;
  /// The words joined by spaces: equal keys are equal names (tier 1).
  std::string key;
  /// Those of the words that are numbers (`1`, `2nd`, `iv`), sorted: precinct 1 is not precinct 2.
  std::vector<std::string> numbers;
};
Name normalise_name(std::string_view agency);

/// Lower-case letters and digits only, accents dropped, `&` as `and`: texts equal so differ in
/// case, spacing and punctuation alone, which is no change.
std::string fold_text(std::string_view text);

/// A county without `County`, `Parish` and the like, folded. Empty: not known.
std::string normalise_county(std::string_view county);

/// The file a link leads to, percent-decoded, letters and digits only, lower case. ICE moves and
/// re-links its files: the name tells the document, the URL does not. Empty for an empty link.
std::string moa_file(std::string_view url);

/// True for words that say what kind of body it is or which of several (`county`, `city`, `police`,
/// `north` …): one more or less of them names another body.
bool tells_bodies_apart(const std::string& word);

/// True where the two names may be one name misspelled, or with words added, missing or in another
/// order. Numbers must agree, and the words that tell bodies apart. `state`: two letters; its own
/// name in front of an agency's does not count.
bool nearly_equal(const Name& one, const Name& other, const std::string& state);

/// Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other
/// (optimal string alignment, bytes).
int edit_distance(std::string_view one, std::string_view other);

}  // namespace agreementd::tracking
