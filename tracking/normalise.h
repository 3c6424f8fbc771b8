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
  /// `department` …) left out. `City of` in front is left out too, and the `state` of a highway
  /// patrol.
  std::vector<std::string> words;
  /// The words joined by spaces: equal keys are equal names (tier 1).
  std::string key;
  /// Those of the words that are numbers (`1`; `2nd`, `two` and `ii` are `2`; the `A` of a
  /// precinct), sorted: precinct 1 is not precinct 2.
  std::vector<std::string> numbers;
  /// `City of` stood in front.
  bool of_city = false;
};
Name normalise_name(std::string_view agency);

/// Lower-case letters and digits only, accents dropped, `&` as `and`: texts equal so differ in
/// case, spacing and punctuation alone, which is no change. Letters of other scripts stay.
std::string fold_text(std::string_view text);

/// A county without `County`, `Parish` and the like, as words; several, as printed for a body that
/// serves more than one, are joined by `;`. Empty: not known.
std::string normalise_county(std::string_view county);

/// True where both counties are known and neither is the other misspelled. Two names that are both
/// counties of their states are two counties however alike, one that no county has is a misprint.
bool counties_contradict(const std::string& county, const std::string& state,
                         const std::string& other, const std::string& other_state);

/// The file a link leads to, percent-decoded, letters and digits only, lower case. ICE moves and
/// re-links its files: the name tells the document, the URL does not. Empty for an empty link.
std::string moa_file(std::string_view url);

/// How surely two names are one body's. Numbers always agree, and two counties that both exist are
/// two.
enum class Likeness {
  none,
  doubtful,  ///< a short word is another by one letter, or words are missing: only with support
  near,      ///< a longer word is misspelled
  form,      ///< another way to write it: order, spacing, the state's name, a misspelled `sheriff`
  same,      ///< equal keys
};
/// `state`: two letters, of both.
Likeness likeness(const Name& one, const Name& other, const std::string& state);

/// True where both names are of bodies of a county, and of two that both exist.
bool of_two_counties(const Name& one, const Name& other, const std::string& state);

/// True where the names have a word in common that tells which body it is (not what kind, nor the
/// state), or one that a county which does not exist may be a misprint of.
bool share_telling_word(const Name& one, const Name& other, const std::string& state);

/// True where the names differ in nothing but the kind of body: its sheriff and its board, a
/// borough with the word and without. A county that does not exist may be a misprint here too.
bool of_one_place(const Name& one, const Name& other, const std::string& state);

/// True where the names say bodies of two kinds: a sheriff and a constable, a city's and a
/// county's, a borough's and a township's. A county's board, its jail and its sheriff are of one
/// kind.
bool of_two_kinds(const Name& one, const Name& other);

/// True where one name is the other, which ends in its kind, with more behind it, and no number.
bool is_continued(const Name& one, const Name& other);

/// Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other
/// (optimal string alignment, bytes).
int edit_distance(std::string_view one, std::string_view other);

}  // namespace agreementd::tracking
