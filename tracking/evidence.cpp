#include "tracking/evidence.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "tracking/form_pairs.h"

namespace agreementd::tracking {
namespace {

/// A year or more exactly, to the day: the year was mistyped.
bool whole_years(const Form& one, const Form& other) {
  return one.signed_on && other.signed_on && one.signed_on->month() == other.signed_on->month() &&
         one.signed_on->day() == other.signed_on->day() && one.signed_on != other.signed_on;
}

/// One PDF linked for two agencies that are both listed is no evidence that they are one.
bool moa_is_unique(const Agreement& agreement, const Group& group, const Scene& scene) {
  return std::any_of(group.moas.begin(), group.moas.end(), [&](const auto& file) {
    if (!agreement.all_moas().contains(file)) return false;
    const auto before = scene.moas_before.find(file);
    return scene.moas_now.at(file) == 1 &&
           (before == scene.moas_before.end() || before->second == 1);
  });
}

std::optional<Evidence> same_moa_forms(const Form& old, const Form& now, bool unique,
                                       const Scene& scene) {
  if (old.model != now.model || old.name.numbers != now.name.numbers) return std::nullopt;
  const bool same_state = old.state == now.state;
  const bool same_name = old.name.key == now.name.key;
  // The document is the support that a doubtful likeness needs.
  const bool near_name = likeness(old.name, now.name, now.state) != Likeness::none;
  const bool dates_agree = same_date(old, now);
  // Alone the document proves nothing: two of state, name and date must agree as well, or the name
  // in another state. A name quite unlike must be of the same place.
  const bool supported =
      near_name ||
      (same_state && one_known_date(old, now) && counties_agree(old, now) &&
       !of_two_counties(old.name, now.name, now.state) && !of_two_kinds(old.name, now.name));
  if (!supported || (!unique && !same_name)) return std::nullopt;
  // Cells that slipped to other rows: the names stand as they did, only beside other links.
  if (!(same_name && same_state) && both_stand(old, now, scene)) return std::nullopt;
  if (!near_name && both_are_listed(old, now, scene)) return std::nullopt;
  std::string words = "same MOA file";
  if (!same_name) words += fmt::format("; agency {} -> {}", old.agency, now.agency);
  if (!dates_agree) words += fmt::format("; signed {} -> {}", date_text(old), date_text(now));
  if (!same_state) words += fmt::format("; state {} -> {}", old.state, now.state);
  const int name_cost = same_name ? 0 : near_name ? 10 : 40;
  return Evidence{name_cost + (dates_agree ? 0 : 10) + (same_state ? 0 : 20), words};
}

/// Whether a likeness is enough, by what else is known.
bool enough(Likeness likeness, const Agreement& agreement, const Form& old, const Form& now) {
  const bool dated = old.signed_on.has_value();
  switch (likeness) {
    case Likeness::form:
      return true;
    case Likeness::near:
      // Without a date nothing but the handover speaks for it.
      return dated || agreement.live();
    case Likeness::doubtful:
      // A short word misspelled needs the county. More words make another place of a place, and
      // that is often of the same county: they may only be added behind, as the one leaves and the
      // other enters with its date or, on the pending list, its county.
      if (old.name.words.size() == now.name.words.size())
        return one_known_county(old, now) && (dated || agreement.live());
      return agreement.live() && is_continued(old.name, now.name) &&
             (dated || one_known_county(old, now));
    case Likeness::none:
      // So may a kind of body, where the county is known: the board, and its department.
      return agreement.live() && is_continued(old.name, now.name) && one_known_county(old, now);
    default:
      return false;
  }
}

}  // namespace

Scene look_at(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
              const Aliases& aliases) {
  Scene scene;
  scene.aliases = &aliases;
  for (const auto& group : groups) {
    for (const auto& form : group.forms) {
      scene.names_now.insert(name_and_model(form));
      scene.bodies_now.insert(body(form));
    }
    for (const auto& file : group.moas) ++scene.moas_now[file];
  }
  for (const auto* agreement : agreements) {
    if (!agreement->live()) continue;
    for (const auto& form : agreement->forms()) {
      scene.names_before.insert(name_and_model(form));
      scene.bodies_before.insert(body(form));
    }
    if (!agreement->moa().empty()) ++scene.moas_before[agreement->moa()];
  }
  return scene;
}

std::optional<Evidence> same_alias(const Agreement& agreement, const Group& group,
                                   const Scene& scene) {
  // As sure as one name: like tier 1 it does not ask for the document.
  return cheapest(agreement, group, [&](const Form& old, const Form& now) {
    const bool one = old.state == now.state && old.model == now.model && same_date(old, now) &&
                     counties_agree(old, now) && !both_stand(old, now, scene) &&
                     old.name.key != now.name.key &&
                     scene.aliases->canonical(old.state, old.name) ==
                         scene.aliases->canonical(now.state, now.name);
    return one ? std::optional(Evidence{0, fmt::format("alias: {} is {}", now.agency, old.agency)})
               : std::nullopt;
  });
}

std::optional<Evidence> same_moa(const Agreement& agreement, const Group& group,
                                 const Scene& scene) {
  if (!shares_moa(agreement, group)) return std::nullopt;
  const bool unique = moa_is_unique(agreement, group, scene);
  return cheapest(agreement, group, [&](const Form& old, const Form& now) {
    return same_moa_forms(old, now, unique, scene);
  });
}

std::optional<Evidence> misspelling(const Agreement& agreement, const Group& group,
                                    const Scene& scene) {
  if (moas_contradict(agreement, group)) return std::nullopt;
  return cheapest(agreement, group,
                  [&](const Form& old, const Form& now) -> std::optional<Evidence> {
                    if (old.state != now.state || old.model != now.model || !same_date(old, now))
                      return {};
                    if (!counties_agree(old, now) || both_stand(old, now, scene)) return {};
                    if (!enough(likeness(old.name, now.name, now.state), agreement, old, now))
                      return {};
                    Evidence evidence{
                        edit_distance(old.name.key, now.name.key),
                        fmt::format("agency {} -> {}, all else the same", old.agency, now.agency)};
                    evidence.needs_clean_handover = !old.signed_on && agreement.live();
                    return evidence;
                  });
}

std::optional<Evidence> corrected_date(const Agreement& agreement, const Group& group,
                                       const Scene&) {
  const bool was_linked = !agreement.all_moas().empty();
  // Another document is another agreement, however near the dates.
  const bool another_moa = moas_contradict(agreement, group);
  return cheapest(
      agreement, group, [&](const Form& old, const Form& now) -> std::optional<Evidence> {
        if (name_and_model(old) != name_and_model(now) || !counties_agree(old, now)) return {};
        const auto moved = fmt::format("signed {} -> {}", date_text(old), date_text(now));
        const auto days = days_between(old, now);
        if (another_moa) return {};
        if (!days) return Evidence{0, moved + ", one of them no date"};
        if (shares_moa(agreement, group))
          return Evidence{std::abs(*days), moved + ", same MOA file"};
        if (!was_linked && std::abs(*days) <= correction_window)
          return Evidence{std::abs(*days), moved + ", MOA was pending"};
        if (was_linked && std::abs(*days) <= slip_window)
          return Evidence{std::abs(*days), moved + ", a few days"};
        // The year was mistyped. With a document under the old date it would be a renewal.
        if (!was_linked && whole_years(old, now))
          return Evidence{std::abs(*days), moved + ", whole years"};
        return {};
      });
}

bool renews(const Agreement& agreement, const Group& group, const std::set<std::string>& moas) {
  const bool own_moa = std::none_of(moas.begin(), moas.end(), [&](const auto& file) {
    return agreement.all_moas().contains(file);
  });
  if (moas.empty() || !own_moa) return false;
  // Two documents are two agreements, unless the dates say that one was corrected.
  const int soonest = agreement.all_moas().empty() ? renewal_window : correction_window + 1;
  const auto later = [&](const Form& old, const Form& now) {
    const auto days = days_between(old, now);
    if (old.state != now.state || old.model != now.model || !counties_agree(old, now)) return false;
    const auto how = likeness(old.name, now.name, now.state);
    const bool one_body =
        how >= Likeness::form || (how == Likeness::near && one_known_county(old, now));
    return one_body && days && *days >= soonest;
  };
  return std::any_of(agreement.forms().begin(), agreement.forms().end(), [&](const Form& old) {
    return std::any_of(group.forms.begin(), group.forms.end(),
                       [&](const Form& now) { return later(old, now); });
  });
}

}  // namespace agreementd::tracking
