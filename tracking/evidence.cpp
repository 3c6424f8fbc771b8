#include "tracking/evidence.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

namespace agreementd::tracking {
namespace {

/// How far a signing date moves when ICE corrects it while no MOA is linked. Nearly all move a day;
/// the longest known that is surely a correction moved 29.
constexpr int correction_window = 45;
/// With an MOA linked under the old date: only slips of the pen, else it is another agreement.
constexpr int slip_window = 7;

std::string date_text(const Form& form) {
  if (form.signed_on) return to_string(*form.signed_on);
  return form.signed_text.empty() ? "no date" : form.signed_text;
}

/// Days from one signing date to the other; nothing where one is not readable.
std::optional<int> days_between(const Form& from, const Form& to) {
  if (!from.signed_on || !to.signed_on) return std::nullopt;
  return static_cast<int>(
      (std::chrono::sys_days{*to.signed_on} - std::chrono::sys_days{*from.signed_on}).count());
}

bool same_date(const Form& one, const Form& other) {
  if (one.signed_on || other.signed_on) return one.signed_on == other.signed_on;
  return one.signed_text == other.signed_text;
}

/// A year or more exactly, to the day: the year was mistyped.
bool whole_years(const Form& one, const Form& other) {
  return one.signed_on && other.signed_on && one.signed_on->month() == other.signed_on->month() &&
         one.signed_on->day() == other.signed_on->day() && one.signed_on != other.signed_on;
}

/// Calls `look` for each pair of an agreement's and a group's form; keeps the cheapest evidence.
template <typename Look>
std::optional<Evidence> cheapest(const Agreement& agreement, const Group& group, Look look) {
  std::optional<Evidence> best;
  for (const auto& old : agreement.forms())
    for (const auto& now : group.forms) {
      auto evidence = look(old, now);
      if (evidence && (!best || evidence->cost < best->cost)) best = std::move(evidence);
    }
  return best;
}

bool shares_moa(const Agreement& agreement, const Group& group) {
  return std::any_of(group.moas.begin(), group.moas.end(),
                     [&](const auto& file) { return agreement.all_moas().contains(file); });
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

std::optional<Evidence> same_moa_forms(const Form& old, const Form& now, bool unique) {
  if (old.model != now.model || old.name.numbers != now.name.numbers) return std::nullopt;
  const bool same_state = old.state == now.state;
  const bool same_name = old.name.key == now.name.key;
  const bool near_name = same_name || nearly_equal(old.name, now.name, now.state);
  const bool dates_agree = same_date(old, now);
  // Alone the document proves nothing: two of state, name and date must agree as well, or the name
  // in another state.
  const bool supported = same_state ? near_name || dates_agree : near_name;
  if (!supported || (!unique && !same_name)) return std::nullopt;
  std::string words = "same MOA file";
  if (!same_name) words += fmt::format("; agency {} -> {}", old.name.key, now.name.key);
  if (!dates_agree) words += fmt::format("; signed {} -> {}", date_text(old), date_text(now));
  if (!same_state) words += fmt::format("; state {} -> {}", old.state, now.state);
  return Evidence{(same_name   ? 0
                   : near_name ? 10
                               : 40) +
                      (dates_agree ? 0 : 10) + (same_state ? 0 : 20),
                  words};
}

}  // namespace

std::string name_and_model(const Form& form) {
  return form.state + '|' + form.name.key + '|' + form.model;
}

Scene look_at(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
              const Aliases& aliases) {
  Scene scene;
  scene.aliases = &aliases;
  for (const auto& group : groups) {
    for (const auto& form : group.forms) scene.names_now.insert(name_and_model(form));
    for (const auto& file : group.moas) ++scene.moas_now[file];
  }
  for (const auto* agreement : agreements) {
    if (!agreement->live()) continue;
    for (const auto& form : agreement->forms()) scene.names_before.insert(name_and_model(form));
    if (!agreement->moa().empty()) ++scene.moas_before[agreement->moa()];
  }
  return scene;
}

bool moas_contradict(const Agreement& agreement, const Group& group) {
  return !agreement.moa().empty() && !group.moas.empty() && !shares_moa(agreement, group);
}

std::optional<Evidence> same_alias(const Agreement& agreement, const Group& group,
                                   const Scene& scene) {
  return cheapest(agreement, group, [&](const Form& old, const Form& now) {
    const bool one = old.state == now.state && old.model == now.model && same_date(old, now) &&
                     old.name.key != now.name.key &&
                     scene.aliases->canonical(old.state, old.name) ==
                         scene.aliases->canonical(now.state, now.name);
    return one ? std::optional(
                     Evidence{0, fmt::format("alias: {} is {}", now.name.key, old.name.key)})
               : std::nullopt;
  });
}

std::optional<Evidence> same_moa(const Agreement& agreement, const Group& group,
                                 const Scene& scene) {
  if (!shares_moa(agreement, group)) return std::nullopt;
  const bool unique = moa_is_unique(agreement, group, scene);
  return cheapest(agreement, group, [&](const Form& old, const Form& now) {
    return same_moa_forms(old, now, unique);
  });
}

std::optional<Evidence> misspelling(const Agreement& agreement, const Group& group,
                                    const Scene& scene) {
  if (moas_contradict(agreement, group)) return std::nullopt;
  return cheapest(
      agreement, group, [&](const Form& old, const Form& now) -> std::optional<Evidence> {
        if (old.state != now.state || old.model != now.model || !same_date(old, now)) return {};
        if (!counties_agree(old, now) || !nearly_equal(old.name, now.name, now.state)) return {};
        // Two bodies with nearly one name, listed side by side, stay two.
        if (scene.names_now.contains(name_and_model(old)) &&
            scene.names_before.contains(name_and_model(now)))
          return {};
        return Evidence{
            edit_distance(old.name.key, now.name.key),
            fmt::format("agency {} -> {}, all else the same", old.name.key, now.name.key)};
      });
}

std::optional<Evidence> corrected_date(const Agreement& agreement, const Group& group,
                                       const Scene&) {
  const bool was_linked = agreement.facts().moa_status == MoaStatus::posted;
  return cheapest(
      agreement, group, [&](const Form& old, const Form& now) -> std::optional<Evidence> {
        if (name_and_model(old) != name_and_model(now) || !counties_agree(old, now)) return {};
        const auto moved = fmt::format("signed {} -> {}", date_text(old), date_text(now));
        const auto days = days_between(old, now);
        if (!days) return Evidence{0, moved + ", one of them no date"};
        if (shares_moa(agreement, group))
          return Evidence{std::abs(*days), moved + ", same MOA file"};
        if (!was_linked && std::abs(*days) <= correction_window)
          return Evidence{std::abs(*days), moved + ", MOA was pending"};
        if (was_linked && std::abs(*days) <= slip_window)
          return Evidence{std::abs(*days), moved + ", a few days"};
        if (whole_years(old, now) && !moas_contradict(agreement, group))
          return Evidence{std::abs(*days), moved + ", whole years"};
        return {};
      });
}

std::vector<Handover> handovers(const Form& form) {
  if (!form.signed_on) return {};
  const auto date = to_string(*form.signed_on);
  return {{Column::state, form.name.key + '|' + form.model + '|' + date},
          {Column::agency, form.state + '|' + form.model + '|' + date},
          {Column::model, form.state + '|' + form.name.key + '|' + date}};
}

std::optional<Evidence> handed_over(const Agreement& agreement, const Group& group,
                                    Column corrected) {
  if (moas_contradict(agreement, group)) return std::nullopt;
  return cheapest(
      agreement, group, [&](const Form& old, const Form& now) -> std::optional<Evidence> {
        if (old.name.numbers != now.name.numbers) return {};
        const auto change = corrected == Column::state   ? std::pair(old.state, now.state)
                            : corrected == Column::model ? std::pair(old.model, now.model)
                                                         : std::pair(old.name.key, now.name.key);
        return Evidence{0,
                        fmt::format("{} {} -> {}, all else the same, the only one that left as the "
                                    "only one entered",
                                    to_string(corrected), change.first, change.second)};
      });
}

bool renews(const Agreement& agreement, const Group& group) {
  if (group.moas.empty() || shares_moa(agreement, group)) return false;
  const auto later = [](const Form& old, const Form& now) {
    const auto days = days_between(old, now);
    return name_and_model(old) == name_and_model(now) && days && *days > 0;
  };
  return std::any_of(agreement.forms().begin(), agreement.forms().end(), [&](const Form& old) {
    return std::any_of(group.forms.begin(), group.forms.end(),
                       [&](const Form& now) { return later(old, now); });
  });
}

}  // namespace agreementd::tracking
