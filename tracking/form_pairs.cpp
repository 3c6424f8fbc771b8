#include "tracking/form_pairs.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace agreementd::tracking {

std::string name_and_model(const Form& form) {
  return form.state + '|' + form.name.key + '|' + form.model;
}

std::string body(const Form& form) { return form.state + '|' + form.name.key; }

std::string date_text(const Form& form) {
  if (form.signed_on) return to_string(*form.signed_on);
  return form.signed_text.empty() ? "no date" : form.signed_text;
}

std::optional<int> days_between(const Form& from, const Form& to) {
  if (!from.signed_on || !to.signed_on) return std::nullopt;
  return static_cast<int>(
      (std::chrono::sys_days{*to.signed_on} - std::chrono::sys_days{*from.signed_on}).count());
}

int days_apart(const Form& one, const Form& other) {
  return std::abs(days_between(one, other).value_or(0));
}

bool same_date(const Form& one, const Form& other) {
  if (one.signed_on || other.signed_on) return one.signed_on == other.signed_on;
  return one.signed_text == other.signed_text;
}

bool one_known_date(const Form& one, const Form& other) {
  return one.signed_on && one.signed_on == other.signed_on;
}

bool both_stand(const Form& old, const Form& now, const Scene& scene) {
  return scene.names_now.contains(name_and_model(old)) &&
         scene.names_before.contains(name_and_model(now));
}

bool both_are_listed(const Form& old, const Form& now, const Scene& scene) {
  return !share_telling_word(old.name, now.name, now.state) &&
         scene.bodies_now.contains(body(old)) && scene.bodies_before.contains(body(now));
}

bool one_known_county(const Form& one, const Form& other) {
  return !one.county.empty() && one.county == other.county && one.state == other.state;
}

bool shares_moa(const Agreement& agreement, const Group& group) {
  return std::any_of(group.moas.begin(), group.moas.end(),
                     [&](const auto& file) { return agreement.all_moas().contains(file); });
}

bool moas_contradict(const Agreement& agreement, const Group& group) {
  return !agreement.all_moas().empty() && !group.moas.empty() && !shares_moa(agreement, group);
}

}  // namespace agreementd::tracking
