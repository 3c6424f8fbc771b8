#include "tracking/plausible.h"

#include <fmt/format.h>

namespace agreementd::tracking {
namespace {

bool above_share(int part, int whole, double share) {
  return static_cast<double>(part) > share * static_cast<double>(whole);
}

std::optional<std::string> removals(const Effect& effect, const Plausibility& rules) {
  const bool pending = effect.list == List::pending;
  // A list of nothing but renewals is for a person to look at, however well they explain its ends.
  const int unexplained = effect.leaving - (pending ? effect.explained : 0);
  const int limit = (pending ? rules.pending_removals : rules.removals) * effect.periods;
  if (unexplained <= limit) return std::nullopt;
  if (!pending && !above_share(unexplained, effect.live, rules.removal_share * effect.periods))
    return std::nullopt;
  return fmt::format("{} of {} {} would end, {} explained", effect.leaving, effect.live,
                     pending ? "applications" : "agreements", effect.explained);
}

/// Cells that slipped to other rows.
std::optional<std::string> relabellings(const Effect& effect, const Plausibility& rules) {
  if (effect.relabelled <= rules.removals * effect.periods ||
      !above_share(effect.relabelled, effect.live, rules.removal_share * effect.periods))
    return std::nullopt;
  return fmt::format("{} of {} would be of another agency, state or model", effect.relabelled,
                     effect.live);
}

std::optional<std::string> additions(const Effect& effect, const Plausibility& rules) {
  if (effect.entering <= rules.additions * effect.periods) return std::nullopt;
  if (!above_share(effect.entering, effect.live, rules.addition_share * effect.periods))
    return std::nullopt;
  return fmt::format("{} would be new beside the {} listed before", effect.entering, effect.live);
}

}  // namespace

std::optional<std::string> implausible(const Effect& effect, const Plausibility& rules) {
  if (effect.list == List::participating && effect.rows == 0)
    return "the participating list is empty";
  // A stray link in a row does not make an application an agreement.
  if (effect.list == List::pending && above_share(effect.linked, effect.rows, 0.5))
    return "it links MOAs, which applications have not: a participating list without its dates?";
  if (effect.unreadable >= rules.unreadable_rows &&
      above_share(effect.unreadable, effect.rows, rules.unreadable_share))
    return fmt::format("{} of {} rows cannot be read", effect.unreadable, effect.rows);
  if (effect.signed_later > rules.future_signings)
    return fmt::format("{} rows are signed after the edition's own date", effect.signed_later);
  if (effect.reverts && effect.leaving > rules.reverted_removals)
    return fmt::format("an older edition published again, {} of {} would end", effect.leaving,
                       effect.live);
  if (auto reason = removals(effect, rules)) return reason;
  if (auto reason = relabellings(effect, rules)) return reason;
  return additions(effect, rules);
}

}  // namespace agreementd::tracking
