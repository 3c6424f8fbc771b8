#include "tracking/signing.h"

#include <chrono>
#include <tuple>

namespace agreementd::tracking {
namespace {

/// How long before or after an application leaves its agreement may be listed to be its signing.
constexpr std::chrono::days signing_window{90};

/// How surely the two are of one agency and model, as far as names tell; higher is surer.
enum class Likeness { none, near, exact };

Likeness same_body(const Form& one, const Form& other, const Aliases& aliases) {
  if (one.state != other.state || one.model != other.model || !counties_agree(one, other))
    return Likeness::none;
  if (aliases.canonical(one.state, one.name) == aliases.canonical(other.state, other.name))
    return Likeness::exact;
  return nearly_equal(one.name, other.name, one.state) ? Likeness::near : Likeness::none;
}

Instant first_listed(const Agreement& agreement, const Record& record) {
  return record.dates.at(agreement.versions().front().from_edition);
}

Instant ended(const Agreement& agreement, const Record& record) {
  return record.dates.at(*agreement.last().to_edition);
}

bool within_window(Instant earlier, Instant later) {
  return earlier <= later && later - earlier <= signing_window;
}

}  // namespace

std::optional<std::size_t> signed_as(const Agreement& application, Instant left,
                                     const Record& record) {
  std::optional<std::size_t> best;
  std::tuple<Likeness, Instant> best_rank;
  for (std::size_t a = 0; a < record.agreements.size(); ++a) {
    const auto& agreement = record.agreements[a];
    if (agreement.list() != List::participating) continue;
    const auto listed = first_listed(agreement, record);
    if (!within_window(listed, left)) continue;
    const auto likeness =
        same_body(application.forms().front(), agreement.forms().front(), record.aliases);
    if (likeness == Likeness::none) continue;
    const std::tuple rank(likeness, listed);
    if (best && rank <= best_rank) continue;
    best = a;
    best_rank = rank;
  }
  return best;
}

std::optional<std::size_t> application_of(const Agreement& agreement, const Record& record) {
  const auto listed = first_listed(agreement, record);
  std::optional<std::size_t> best;
  std::tuple<Likeness, Instant> best_rank;
  for (std::size_t a = 0; a < record.agreements.size(); ++a) {
    const auto& application = record.agreements[a];
    if (application.list() != List::pending || application.live()) continue;
    const auto left = ended(application, record);
    if (!within_window(left, listed)) continue;
    const auto likeness =
        same_body(application.forms().front(), agreement.forms().front(), record.aliases);
    if (likeness == Likeness::none || signed_as(application, left, record)) continue;
    const std::tuple rank(likeness, left);
    if (best && rank <= best_rank) continue;
    best = a;
    best_rank = rank;
  }
  return best;
}

}  // namespace agreementd::tracking
