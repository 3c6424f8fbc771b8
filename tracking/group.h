#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/listing.h"
#include "tracking/normalise.h"

namespace agreementd::tracking {

/// What a listing says, normalised: two rows with equal forms say the same.
struct Form {
  std::string state;
  Name name;
  std::string letters;  ///< the agency's name, folded: case, spacing and punctuation are no change
  std::string model;
  std::optional<Date> signed_on;
  std::string signed_text;  ///< folded; what is left of a date that cannot be read
  std::string county;       ///< normalised; empty: not known
  std::string moa;          ///< the file its MOA link leads to; empty: none

  /// Tier 1: what names an agreement. Dates that cannot be read count as printed.
  [[nodiscard]] std::string key() const;
};
Form form_of(const Listing& listing);

/// True where both counties are known and they are not one county misspelled.
bool contradict(const std::string& county, const std::string& other);
/// True where neither form says that it is about another body: equal county or unknown.
inline bool counties_agree(const Form& one, const Form& other) {
  return !contradict(one.county, other.county);
}

/// The rows of an edition that are one agreement. ICE prints some twice: the same row, or under two
/// spellings that link one MOA, or under two dates a day apart.
struct Group {
  std::vector<Listing> rows;  ///< distinct, in an order that does not depend on the edition's
  std::vector<Form> forms;    ///< of the rows
  std::set<std::string> keys;
  std::set<std::string> moas;  ///< without the empty one
};

/// Orders listings by what they say, not by where they stood.
bool canonical_less(const Listing& one, const Listing& other);

/// True where two rows are known to be of two agreements (both were listed side by side before).
using KnownApart = std::function<bool(const Form&, const Form&)>;

/// Groups in canonical order; independent of the order of `listings` and of exact duplicates.
std::vector<Group> group_listings(const std::vector<Listing>& listings,
                                  const KnownApart& known_apart);

}  // namespace agreementd::tracking
