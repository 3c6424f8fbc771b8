#include "tracking/signing.h"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace agreementd::tracking {
namespace {

/// How long before or after an application leaves its agreement may be listed to be its signing.
constexpr std::chrono::days signing_window{90};

/// How surely the two are of one agency and model, as far as names tell.
Likeness same_body(const Form& one, const Form& other, const Aliases& aliases) {
  if (one.state != other.state || one.model != other.model || !counties_agree(one, other))
    return Likeness::none;
  if (aliases.canonical(one.state, one.name) == aliases.canonical(other.state, other.name))
    return Likeness::same;
  const auto how = likeness(one.name, other.name, one.state);
  // The county supports a misspelled short word, or more behind a name; no other missing word:
  // cities share their county.
  const bool one_county = !one.county.empty() && one.county == other.county;
  if (one_county && is_continued(one.name, other.name)) return std::max(how, Likeness::doubtful);
  const bool supported = one_county && one.name.words.size() == other.name.words.size();
  return how == Likeness::doubtful && !supported ? Likeness::none : how;
}

Likeness same_body(const Agreement& application, const Agreement& agreement, const Record& record) {
  return same_body(application.forms().front(), agreement.forms().front(), record.aliases);
}

/// True where another application is of that very agency: then this one, of nearly its name, is
/// not.
bool is_anothers(const Agreement& agreement, const Agreement& application, const Record& record) {
  return std::any_of(record.agreements.begin(), record.agreements.end(),
                     [&](const Agreement& other) {
                       return &other != &application && other.list() == List::pending &&
                              same_body(other, agreement, record) == Likeness::same;
                     });
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

/// In the first edition an agreement was listed then or before: its signing date tells whether that
/// may have been within the window. Without one it may.
bool was_there_before(const Agreement& agreement, Instant left) {
  const auto& first = agreement.versions().front();
  return first.left_censored && first.facts.signed_on &&
         std::chrono::sys_days{*first.facts.signed_on} + signing_window <
             std::chrono::sys_days{new_york_date(left)};
}

}  // namespace

std::optional<std::size_t> signed_as(const Agreement& application, Instant left,
                                     const Record& record) {
  std::optional<std::size_t> best;
  std::tuple<Likeness, Instant> best_rank{};
  for (std::size_t a = 0; a < record.agreements.size(); ++a) {
    const auto& agreement = record.agreements[a];
    if (agreement.list() != List::participating) continue;
    const auto listed = first_listed(agreement, record);
    if (!within_window(listed, left) || was_there_before(agreement, left)) continue;
    const auto how = same_body(application, agreement, record);
    if (how == Likeness::none) continue;
    if (how != Likeness::same && is_anothers(agreement, application, record)) continue;
    const std::tuple rank(how, listed);
    if (best && rank <= best_rank) continue;
    best = a;
    best_rank = rank;
  }
  return best;
}

std::optional<std::size_t> application_of(const Agreement& agreement, const Record& record) {
  const auto listed = first_listed(agreement, record);
  std::optional<std::size_t> best;
  std::tuple<Likeness, Instant> best_rank{};
  for (std::size_t a = 0; a < record.agreements.size(); ++a) {
    const auto& application = record.agreements[a];
    if (application.list() != List::pending || application.live()) continue;
    const auto left = ended(application, record);
    if (!within_window(left, listed)) continue;
    const auto how = same_body(application, agreement, record);
    if (how == Likeness::none || signed_as(application, left, record)) continue;
    if (how != Likeness::same && is_anothers(agreement, application, record)) continue;
    const std::tuple rank(how, left);
    if (best && rank <= best_rank) continue;
    best = a;
    best_rank = rank;
  }
  return best;
}

}  // namespace agreementd::tracking
