#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/hash.h"
#include "model/time.h"
#include "tracking/agreement.h"
#include "tracking/aliases.h"

/// Which participating agreement an application became. The two lists know nothing of each other:
/// only state, name, model and time tell.
namespace agreementd::tracking {

/// All that was ever listed, and when: `dates` are the editions' own (`dating.at`), by edition id.
/// Their instants do not serve: one that was pushed on by a microsecond, so that instants of its
/// list increase, is no later than an edition of the other list with the same date.
struct Record {
  const std::vector<Agreement>& agreements;  ///< of both lists
  const std::unordered_map<Sha256, Instant>& dates;
  const Aliases& aliases;
};

/// The agreement that `application`, which left with an edition dated `left`, became: of the same
/// agency and model, listed within the 90 days before or in an edition of the same date. A position
/// in `record.agreements`.
std::optional<std::size_t> signed_as(const Agreement& application, Instant left,
                                     const Record& record);

/// The application that left within the 90 days before and became the agreement just listed. One
/// that left as another's does not count. A position in `record.agreements`.
std::optional<std::size_t> application_of(const Agreement& agreement, const Record& record);

}  // namespace agreementd::tracking
