#include "daemon/holding.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

using Subjects = std::vector<Verdict::Subject>;
using tracking::Arranged;

/// Its polled sightings that are not folded yet.
Subjects unfolded_sightings(const Arranged& edition, const std::vector<std::int64_t>& unfolded) {
  Subjects subjects;
  for (const auto& sighting : edition.sightings)
    if (sighting.origin == Origin::poll && std::ranges::binary_search(unfolded, sighting.fetch_id))
      subjects.push_back({sighting.document, sighting.file_name});
  return subjects;
}

/// Something was folded before that comes after it, of either list.
bool is_late(const Edition& edition, const StoredHistory& stored) {
  return std::ranges::any_of(stored.editions, [&](const Edition& other) {
    return other.id != edition.id && tracking::fold_order(edition, other);
  });
}

void append(Subjects& all, const Subjects& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// What to hold, the least first: one late edition, all late ones, all that came.
std::vector<Subjects> attempts(const std::vector<Arranged>& arranged,
                               const std::vector<std::int64_t>& unfolded,
                               const StoredHistory& stored) {
  std::vector<Subjects> attempts;
  Subjects late, all;
  for (const auto& each : arranged) {
    auto subjects = unfolded_sightings(each, unfolded);
    if (subjects.empty()) continue;
    append(all, subjects);
    if (!is_late(each.edition, stored)) continue;
    append(late, subjects);
    attempts.push_back(std::move(subjects));
  }
  if (!late.empty()) attempts.push_back(std::move(late));
  if (!all.empty()) attempts.push_back(std::move(all));
  return attempts;
}

Verdict hold(Subjects subjects, std::size_t retractions, Instant now) {
  Verdict verdict;
  verdict.kind = VerdictKind::hold;
  verdict.by = "agreementd";
  verdict.why = fmt::format("it would take back {} entries told before", retractions);
  verdict.at = now;
  verdict.subjects = std::move(subjects);
  return verdict;
}

}  // namespace

std::optional<Verdict> hold_of(storage::Consequences& consequences, const storage::Inputs& inputs,
                               const StoredHistory& stored, const tracking::Refolded& refolded,
                               Readings& readings, const tracking::Plausibility& rules, int limit,
                               Instant now) {
  const auto most = static_cast<std::size_t>(limit);
  const auto retractions = count_retractions(refolded.difference);
  if (retractions <= most) return std::nullopt;
  std::optional<Verdict> chosen;
  for (auto& subjects : attempts(arrange_inputs(inputs), consequences.unfolded(), stored)) {
    chosen = hold(std::move(subjects), retractions, now);
    auto held = inputs;
    held.verdicts.push_back(*chosen);
    held.verdicts.back().verdict_id =
        inputs.verdicts.empty() ? 1 : inputs.verdicts.back().verdict_id + 1;
    const auto without = refold_inputs(consequences, stored, held, readings, rules, {});
    if (count_retractions(without.difference) <= most) break;
  }
  return chosen;
}

}  // namespace agreementd::daemon
