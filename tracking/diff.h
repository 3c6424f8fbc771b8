#pragma once

#include <optional>
#include <set>
#include <vector>

#include "model/history.h"
#include "tracking/agreement.h"
#include "tracking/group.h"

/// What a list says of an agreement now, against what we knew of it.
namespace agreementd::tracking {

/// What of an edition's columns decides what is a change.
struct ColumnNews {
  std::set<Column> present;  ///< the edition has them
  std::set<Column> first;    ///< no agreement ever had a value of them before: facts fill in
};

struct Comparison {
  Facts facts;                      ///< what is known now
  std::vector<FieldChange> fields;  ///< in the order of `Column`; empty: no change
  Listing representative;           ///< the row that gave the facts
  /// Listed in other forms than before, or with a value gone from print or back in it, though
  /// nothing changed.
  bool printed_anew = false;
  std::set<Column> known;          ///< fields we had a value of, among the columns present
  std::set<Column> still_missing;  ///< of those, the ones lost before and still not printed
  /// Fields we had a value of and the list, though it has the column, is blank.
  [[nodiscard]] std::set<Column> vanished() const;
};

/// Facts of an agreement that is listed for the first time.
Comparison first_facts(const Group& group);

/// Not a change: case, spacing and punctuation of a name, a link's wrapping or place, blank and
/// `link pending`, a value that any row of the last version showed, a missing column, a column's
/// first appearance. The facts are what is printed now all the same: a link that moved is the new
/// one. A value that we know and the last version's rows did not print (its column was missing, or
/// many rows lost it at once) stays known until it is printed again or another is.
Comparison compare(const Agreement& agreement, const Group& group, const ColumnNews& columns);

/// Takes back what `compare` found of one field that vanished: what we knew stays. The version that
/// begins has the rows without it, so that the next edition does not find it vanished again.
void keep_known(Comparison& comparison, Column field, const Facts& known);

/// The field as the log prints it.
std::string field_text(const Facts& facts, Column field);

}  // namespace agreementd::tracking
