#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/history.h"

/// One entry's own words, without what is told along with it.
namespace agreementd::alerts {

/// A value from outside, plain, at most 200 characters.
std::string value_words(std::string_view text);
/// The same of a whole line, at most 600.
std::string line_words(std::string_view text);

/// `Bee County Sheriff's Office, TX: task force model, signed 2025-03-01`.
std::string agreement_words(const Change& change);

/// What happened, in one line. `was_pending`: its application is known.
std::string headline_of(const Change& change, bool was_pending);

/// `MOA pending → https://…` of each field that changed to or from a link: the headline has only
/// the names of the files.
std::vector<std::string> link_words(const Change& change);

/// `listed 2025-03-18, in participatingAgencies03182025pm.xlsx`; `no longer listed …`, `shown …`,
/// `listed again …`.
std::string shown_words(const Change& change);

}  // namespace agreementd::alerts
