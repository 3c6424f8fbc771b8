#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/input.h"
#include "model/listing.h"
#include "tracking/normalise.h"

namespace agreementd::tracking {

/// What a listing says, normalised: two rows with equal forms say the same.
struct Form {
  std::string state;
  Name name;
  std::string agency;   ///< as printed, for evidence in words
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
Form form_of(const PrintedKey& printed);

/// True where neither form says that it is about another body: equal county or unknown.
bool counties_agree(const Form& one, const Form& other);

/// The rows of an edition that are one agreement. ICE prints some twice: the same row, or under two
/// spellings that link one MOA, or under two dates a day apart (a few days with one MOA). Rows that
/// link two MOAs or name two counties are two agreements', whatever third row is like both.
struct Group {
  std::vector<Listing> rows;  ///< distinct, in an order that does not depend on the edition's
  std::vector<Form> forms;    ///< of the rows
  std::set<std::string> keys;
  std::set<std::string> moas;  ///< without the empty one
};

/// Orders listings by what they say, not by where they stood.
bool canonical_less(const Listing& one, const Listing& other);

/// Which live agreements hold a key: two of them were listed side by side before.
class Holders {
 public:
  void add(const std::string& key, std::size_t agreement) { holders_[key].insert(agreement); }
  /// Those that the row may be of; several where agencies of one name print this same line.
  [[nodiscard]] std::set<std::size_t> of(const Form& form) const;
  /// True where one agreement, and no other, was printed in both ways.
  [[nodiscard]] bool have_both(const Form& one, const Form& other) const;
  /// True where the two rows are known to be of two agreements.
  [[nodiscard]] bool apart(const Form& one, const Form& other) const;

 private:
  std::unordered_map<std::string, std::set<std::size_t>> holders_;
};

class Decisions;

/// Groups in canonical order; independent of the order of `listings`, and of exact duplicates but
/// where several agencies of one name are known to print the same line. A row that says of no
/// agreement what it is (neither state nor model nor date: a footer) is in no group. What people
/// decided comes before all else.
std::vector<Group> group_listings(const std::vector<Listing>& listings, const Holders& holders,
                                  const Decisions& decisions);

}  // namespace agreementd::tracking
