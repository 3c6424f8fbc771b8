#pragma once

#include <cstddef>
#include <unordered_map>
#include <vector>

#include "model/hash.h"
#include "tracking/agreement.h"

namespace agreementd::tracking {

/// Which agreements are of one agency: those connected by an equal normalised (state, name) that no
/// county contradicted when the name was first listed; a rename that was accepted connects the old
/// name and the new. Later editions only ever connect more, so that what was told stays true.
///
/// `positions`: of the editions in the fold, by id. Answers, for each agreement, the number of its
/// agency: that of the agency's first agreement.
std::vector<std::size_t> agencies_of(const std::vector<Agreement>& agreements,
                                     const std::unordered_map<Sha256, std::size_t>& positions);

}  // namespace agreementd::tracking
