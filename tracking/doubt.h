#pragma once

#include <optional>
#include <string>

#include "tracking/agreement.h"
#include "tracking/group.h"

/// Where an agreement and a group may be one and the evidence cannot settle it: the question, in
/// words. Pure.
namespace agreementd::tracking {

/// What the two have in common, where that is too much to ignore and too little to decide.
std::optional<std::string> doubt(const Agreement& agreement, const Group& group);

/// One that leaves while another of nearly its name and date stays: perhaps one, printed twice.
std::optional<std::string> doubled(const Agreement& leaving, const Group& stays);

}  // namespace agreementd::tracking
