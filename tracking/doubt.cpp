#include "tracking/doubt.h"

#include <fmt/format.h>

#include "tracking/form_pairs.h"

namespace agreementd::tracking {
namespace {

/// Near enough in time for a date to have been corrected; unknown dates are.
constexpr int near_in_time = 45;

bool nearly_one_name(const Form& old, const Form& now) {
  const auto how = likeness(old.name, now.name, now.state);
  const bool one_place = !old.county.empty() && old.county == now.county;
  const bool dated = old.signed_on && now.signed_on;
  const int apart = days_apart(old, now);
  return counties_agree(old, now) && (apart <= near_in_time || apart >= renewal_window) &&
         (how >= Likeness::near || (how == Likeness::doubtful && (dated || one_place)));
}

/// One name in two states: many have a sheriff of Washington County, so county and date must not
/// speak against it.
std::optional<std::string> doubt_of_state(const Form& old, const Form& now) {
  if (old.name.key != now.name.key || !counties_agree(old, now)) return {};
  if (days_apart(old, now) > near_in_time) return {};
  return fmt::format("one name in two states: {} in {}, signed {}, and in {}, signed {}",
                     now.agency, old.state, date_text(old), now.state, date_text(now));
}

}  // namespace

std::optional<std::string> doubt(const Agreement& agreement, const Group& group) {
  return ask(agreement, group, [&](const Form& old, const Form& now) -> std::optional<std::string> {
    if (old.model != now.model) return {};
    if (old.state != now.state)
      return moas_contradict(agreement, group) ? std::nullopt : doubt_of_state(old, now);
    if (old.name.key == now.name.key)
      return fmt::format("same agency and model, signed {} and {}", date_text(old), date_text(now));
    if (!now.moa.empty() && agreement.all_moas().contains(now.moa))
      return fmt::format("the same MOA file is linked for {} and {}", old.agency, now.agency);
    if (old.name.numbers != now.name.numbers) return {};
    if (nearly_one_name(old, now))
      return fmt::format("nearly one name: {}, signed {}, and {}, signed {}", old.agency,
                         date_text(old), now.agency, date_text(now));
    return {};
  });
}

std::optional<std::string> doubled(const Agreement& leaving, const Group& stays) {
  if (moas_contradict(leaving, stays)) return std::nullopt;
  return ask(leaving, stays, [](const Form& old, const Form& now) -> std::optional<std::string> {
    if (old.state != now.state || old.model != now.model || !counties_agree(old, now)) return {};
    const bool same_name = old.name.key == now.name.key;
    if (days_apart(old, now) > (same_name ? near_in_time : slip_window)) return {};
    if (!same_name && likeness(old.name, now.name, now.state) < Likeness::near) return {};
    return fmt::format(
        "{}, signed {}, is not listed any more and {}, signed {}, still is: one, "
        "printed twice",
        old.agency, date_text(old), now.agency, date_text(now));
  });
}

}  // namespace agreementd::tracking
