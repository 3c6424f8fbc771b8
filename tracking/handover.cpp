// Tier 6: one leaves as one enters.
#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "tracking/counties.h"
#include "tracking/evidence.h"
#include "tracking/form_pairs.h"

namespace agreementd::tracking {
namespace {

/// ISO; a date that cannot be read, as printed; empty for a word (`TBD`) or nothing, which says too
/// little to compare.
std::string date_of(const Form& form) {
  if (form.signed_on) return to_string(*form.signed_on);
  const auto& text = form.signed_text;
  const bool written =
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 4;
  return written ? text : "";
}

}  // namespace

std::vector<Handover> handovers(const Form& form) {
  const auto date = date_of(form);
  if (date.empty()) return {};
  std::vector<Handover> all{{Column::state, form.name.key + '|' + form.model + '|' + date},
                            {Column::agency, form.state + '|' + form.model + '|' + date},
                            {Column::model, form.state + '|' + form.name.key + '|' + date}};
  // Many are signed on one day: the only one of its county is as clean.
  if (!form.county.empty()) all.push_back({Column::agency, all[1].what_else + '|' + form.county});
  return all;
}

namespace {

/// The county is one of the new state and none of the old.
bool county_of_one_state(const Form& old, const Form& now) {
  return is_county(now.state, now.county) && !is_county(old.state, now.county);
}

bool types_contradict(const Agreement& agreement, const Group& group) {
  const auto& before = agreement.facts().agency_type;
  return !before.empty() &&
         std::none_of(group.rows.begin(), group.rows.end(), [&](const auto& row) {
           return row.agency_type.empty() || fold_text(row.agency_type) == fold_text(before);
         });
}

}  // namespace

std::optional<Evidence> handed_over(const Agreement& agreement, const Group& group,
                                    Column corrected, const Scene& scene) {
  if (moas_contradict(agreement, group) || types_contradict(agreement, group)) return std::nullopt;
  return cheapest(
      agreement, group, [&](const Form& old, const Form& now) -> std::optional<Evidence> {
        if (old.name.numbers != now.name.numbers || !counties_agree(old, now)) return {};
        const auto change = corrected == Column::state   ? std::pair(old.state, now.state)
                            : corrected == Column::model ? std::pair(old.model, now.model)
                                                         : std::pair(old.agency, now.agency);
        Evidence evidence{0, fmt::format("{} {} -> {}, all else the same, the only one that left "
                                         "as the only one entered",
                                         to_string(corrected), change.first, change.second)};
        // Where a document was linked and is not now, more than one thing would have changed.
        const bool dropped = !agreement.moa().empty() && !shares_moa(agreement, group);
        evidence.undecided = dropped;
        if (corrected != Column::agency) return evidence;
        if (both_stand(old, now, scene) || of_two_counties(old.name, now.name, now.state))
          return {};
        if (!shares_moa(agreement, group) && both_are_listed(old, now, scene)) return {};
        const bool blank = old.name.key.empty() || now.name.key.empty();
        const auto how = likeness(old.name, now.name, now.state);
        const bool two_kinds = how < Likeness::near && of_two_kinds(old.name, now.name);
        const bool one_body =
            !two_kinds && (how >= Likeness::near || shares_moa(agreement, group) ||
                           (of_one_place(old.name, now.name, now.state) && !dropped));
        evidence.undecided = !blank && !one_body;
        return evidence;
      });
}

namespace {

/// The body of one name and county stood under another state, and its date was off by days. Where
/// the county shows that the first state was wrong, by as much as any date without a document.
std::optional<Evidence> state_and_date(const Form& old, const Form& now, int days) {
  if (old.name.key != now.name.key || old.county.empty() || old.county != now.county) return {};
  const bool sure = county_of_one_state(old, now);
  if (std::abs(days) > (sure ? correction_window : slip_window)) return {};
  return Evidence{std::abs(days),
                  fmt::format("state {} -> {} and signed {} -> {} at once, MOA was pending, the "
                              "only one that left as the only one entered",
                              old.state, now.state, date_text(old), date_text(now))};
}

/// The same without any date, as on the pending list: only the county tells.
std::optional<Evidence> state_alone(const Form& old, const Form& now) {
  if (old.name.key != now.name.key || old.county != now.county || !county_of_one_state(old, now))
    return {};
  return Evidence{0, fmt::format("state {} -> {}: {} is a county of the latter only; the only one "
                                 "that left as the only one entered",
                                 old.state, now.state, now.county)};
}

/// A misspelled name, or one known by an alias, and a date that was off by days.
std::optional<Evidence> name_and_slip(const Form& old, const Form& now, int days,
                                      const Scene& scene) {
  if (std::abs(days) > slip_window) return {};
  const auto how = likeness(old.name, now.name, now.state);
  const bool one_place = one_known_county(old, now);
  const bool aliased = scene.aliases->canonical(old.state, old.name) ==
                       scene.aliases->canonical(now.state, now.name);
  if (!aliased && how != Likeness::form && !(how >= Likeness::doubtful && one_place)) return {};
  if (!aliased && how == Likeness::doubtful && old.name.words.size() != now.name.words.size())
    return {};
  return Evidence{std::abs(days),
                  fmt::format("agency {} -> {} and signed {} -> {} at once, MOA was pending, "
                              "the only one that left as the only one entered",
                              old.agency, now.agency, date_text(old), date_text(now))};
}

}  // namespace

std::optional<Evidence> two_at_once(const Agreement& agreement, const Group& group,
                                    const Scene& scene) {
  if (moas_contradict(agreement, group) || types_contradict(agreement, group) ||
      agreement.facts().moa_status == MoaStatus::posted)
    return std::nullopt;
  return cheapest(agreement, group,
                  [&](const Form& old, const Form& now) -> std::optional<Evidence> {
                    if (old.model != now.model || both_stand(old, now, scene)) return {};
                    const auto days = days_between(old, now);
                    if (old.state == now.state)
                      return days ? name_and_slip(old, now, *days, scene) : std::nullopt;
                    if (days) return state_and_date(old, now, *days);
                    return same_date(old, now) ? state_alone(old, now) : std::nullopt;
                  });
}

}  // namespace agreementd::tracking
