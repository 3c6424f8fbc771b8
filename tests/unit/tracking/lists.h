#pragma once

#include <string>
#include <vector>

#include "model/history.h"
#include "model/listing.h"
#include "tracking/fold.h"

/// Lists written down in a test, and folded in memory.
namespace agreementd::testing {

/// One row: `"TX | Bee County Sheriff's Office | JEM | 2025-03-01 | bee.pdf"`; the last two may be
/// left out. An MOA of `pending` is a pending link; after it may come `| county`.
Listing row(const std::string& text);

/// A participating list that has all columns.
Reading participating(const std::vector<std::string>& rows);
/// A pending list; rows without date and MOA.
Reading pending(const std::vector<std::string>& rows);

/// An edition of the reading, published at 09:00 New York on `day` under `name`.
Edition edition(const Reading& reading, const std::string& day, const std::string& name = "");

/// What somebody said of two keys, written as rows are.
Decision decision(DecisionKind kind, const std::string& one, const std::string& other,
                  std::int64_t id = 1, List list = List::participating);

/// Editions folded one after the other from nothing.
class History {
 public:
  explicit History(tracking::Rules rules = {});
  History& then(const std::string& day, const Reading& reading);
  History& then(const Edition& edition, const Reading& reading);
  tracking::Folded finish();

 private:
  tracking::Fold fold_;
};

/// `new TX Bee County Sheriff's Office JEM 2025-03-01 listed`, with changed fields in brackets.
std::string describe(const Change& change);
std::vector<std::string> describe(const std::vector<Change>& changes);

}  // namespace agreementd::testing
