#include "tracking/group.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

#include "tracking/sets.h"

namespace agreementd::tracking {
namespace {

bool within_a_day(const Form& one, const Form& other) {
  if (!one.signed_on || !other.signed_on) return one.signed_text == other.signed_text;
  const auto apart =
      std::chrono::sys_days{*one.signed_on} - std::chrono::sys_days{*other.signed_on};
  return std::chrono::abs(apart) <= std::chrono::days{1};
}

/// One agreement printed twice. Both are of one state and model.
bool one_agreement(const Form& one, const Form& other) {
  if (!counties_agree(one, other)) return false;
  if (one.name.key == other.name.key) return within_a_day(one, other);
  return !one.moa.empty() && one.moa == other.moa && within_a_day(one, other) &&
         nearly_equal(one.name, other.name, one.state);
}

std::vector<Listing> distinct_in_order(std::vector<Listing> rows) {
  std::sort(rows.begin(), rows.end(), canonical_less);
  const auto same = [](const Listing& a, const Listing& b) {
    return !canonical_less(a, b) && !canonical_less(b, a);
  };
  // Of equal rows the first stays: sorting is by content, so any of them says the same.
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
  return rows;
}

void join_doubles(const std::vector<Form>& forms, const std::vector<std::size_t>& members,
                  const KnownApart& known_apart, Sets& sets) {
  for (std::size_t i = 0; i < members.size(); ++i)
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      const auto& one = forms[members[i]];
      const auto& other = forms[members[j]];
      if (one_agreement(one, other) && !known_apart(one, other)) sets.join(members[i], members[j]);
    }
}

}  // namespace

std::string Form::key() const {
  return state + '|' + name.key + '|' + model + '|' +
         (signed_on ? to_string(*signed_on) : signed_text);
}

Form form_of(const Listing& listing) {
  Form form;
  form.state = listing.state;
  form.name = normalise_name(listing.agency);
  form.letters = fold_text(listing.agency);
  form.model = listing.model;
  form.signed_on = listing.signed_on;
  form.signed_text = fold_text(listing.signed_text);
  form.county = normalise_county(listing.county);
  form.moa = moa_file(listing.moa_url);
  return form;
}

bool contradict(const std::string& county, const std::string& other) {
  if (county.empty() || other.empty() || county == other) return false;
  if (county.find(other) != std::string::npos || other.find(county) != std::string::npos)
    return false;  // one of several counties
  return edit_distance(county, other) > 2;
}

bool canonical_less(const Listing& one, const Listing& other) {
  const auto content = [](const Listing& l) {
    return std::tie(l.state, l.agency, l.model, l.signed_on, l.signed_text, l.county, l.agency_type,
                    l.moa_url, l.moa_status, l.addendum_url, l.state_text, l.model_text);
  };
  return content(one) < content(other);
}

std::vector<Group> group_listings(const std::vector<Listing>& listings,
                                  const KnownApart& known_apart) {
  const auto rows = distinct_in_order(listings);
  std::vector<Form> forms;
  forms.reserve(rows.size());
  for (const auto& row : rows) forms.push_back(form_of(row));

  // Only rows that share a name or an MOA can be one agreement: compare within those.
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto place = forms[i].state + '|' + forms[i].model;
    alike[{place, "name " + forms[i].name.key}].push_back(i);
    if (!forms[i].moa.empty()) alike[{place, "moa " + forms[i].moa}].push_back(i);
  }
  Sets sets(rows.size());
  for (const auto& [shared, members] : alike) join_doubles(forms, members, known_apart, sets);

  std::map<std::size_t, Group> groups;  // by first row: canonical order
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& group = groups[sets.root(i)];
    group.keys.insert(forms[i].key());
    if (!forms[i].moa.empty()) group.moas.insert(forms[i].moa);
    group.rows.push_back(rows[i]);
    group.forms.push_back(std::move(forms[i]));
  }
  std::vector<Group> result;
  result.reserve(groups.size());
  for (auto& [first, group] : groups) result.push_back(std::move(group));
  return result;
}

}  // namespace agreementd::tracking
