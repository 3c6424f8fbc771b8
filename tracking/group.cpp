#include "tracking/group.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include "model/states.h"
#include "tracking/decisions.h"
#include "tracking/sets.h"

namespace agreementd::tracking {
namespace {

/// Two dates of one agreement, printed twice, are a day apart; with one MOA they may be more.
constexpr std::chrono::days doubled_window{1};
constexpr std::chrono::days doubled_with_moa{7};

bool within(const Form& one, const Form& other, std::chrono::days window) {
  if (!one.signed_on || !other.signed_on) return one.signed_text == other.signed_text;
  const auto apart =
      std::chrono::sys_days{*one.signed_on} - std::chrono::sys_days{*other.signed_on};
  return std::chrono::abs(apart) <= window;
}

bool same_moa(const Form& one, const Form& other) {
  return !one.moa.empty() && one.moa == other.moa;
}

/// Two agreements: of two counties, or with an MOA each, unless one body of one county has both.
bool contradict(const Form& one, const Form& other) {
  const bool two_moas = !one.moa.empty() && !other.moa.empty() && one.moa != other.moa;
  const bool same_county = !one.county.empty() && one.county == other.county;
  return (two_moas && !same_county) || !counties_agree(one, other);
}

/// One of two rows with one document lacks its date.
bool lacks_date(const Form& one, const Form& other) {
  return same_moa(one, other) && one.signed_on.has_value() != other.signed_on.has_value();
}

/// One agreement printed twice. Both are of one state and model.
bool one_agreement(const Form& one, const Form& other) {
  if (one.name.key == other.name.key)
    return lacks_date(one, other) ||
           within(one, other, same_moa(one, other) ? doubled_with_moa : doubled_window);
  if (!same_moa(one, other) || !within(one, other, doubled_window)) return false;
  const auto how = likeness(one.name, other.name, one.state);
  const bool one_county = !one.county.empty() && one.county == other.county;
  return how >= Likeness::near || (how == Likeness::doubtful && one_county);
}

/// Neither state nor model nor date: a footer, a remark.
bool names_nothing(const Listing& row) {
  const bool model =
      row.model == "JEM" || row.model == "WSO" || row.model == "TFM" || row.model == "TTFM";
  return find_state(row.state) == nullptr && !model && !row.signed_on && row.signed_text.empty();
}

/// The rows in canonical order. Of equal ones the first stays (any of them says the same), or as
/// many as there are agencies of that name that print the same line.
std::vector<Listing> distinct_in_order(std::vector<Listing> rows, const Holders& holders) {
  std::erase_if(rows, names_nothing);
  std::sort(rows.begin(), rows.end(), canonical_less);
  std::vector<Listing> distinct;
  std::size_t copies = 0;
  for (auto& row : rows) {
    const bool again = !distinct.empty() && !canonical_less(distinct.back(), row);
    copies = again ? copies + 1 : 1;
    if (!again || copies <= holders.of(form_of(row)).size()) distinct.push_back(std::move(row));
  }
  return distinct;
}

/// Joins rows that are one agreement, the surest first.
class Joining {
 public:
  Joining(const std::vector<Form>& forms, const Holders& holders, const Decisions& decisions)
      : forms_(forms),
        holders_(holders),
        decisions_(decisions),
        sets_(forms.size()),
        members_(forms.size()) {
    for (std::size_t i = 0; i < forms.size(); ++i) members_[i] = {i};
  }

  /// `members`: rows that share a name or an MOA, ascending; of one state and model.
  void look_at(const std::vector<std::size_t>& members) {
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t j = i + 1; j < members.size(); ++j)
        if (one_agreement(forms_[members[i]], forms_[members[j]]) ||
            holders_.have_both(forms_[members[i]], forms_[members[j]]))
          pairs_.push_back({members[i], members[j]});
  }

  Sets run() {
    for (const auto& [one, other] : decided_pairs())
      if (may_join(one, other)) join(one, other);
    for (const bool surely : {true, false})
      for (const auto& [one, other] : pairs_)
        if (is_sure(one, other) == surely && may_join(one, other) &&
            (surely || may_be_one(one, other)))
          join(one, other);
    return std::move(sets_);
  }

 private:
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> decided_pairs() const {
    std::map<std::size_t, std::vector<std::size_t>> united;
    for (std::size_t i = 0; i < forms_.size(); ++i)
      if (decisions_.concern(forms_[i].key()))
        for (const auto number : decisions_.united_as(forms_[i])) united[number].push_back(i);
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (const auto& [number, members] : united)
      for (std::size_t i = 0; i < members.size(); ++i)
        for (std::size_t j = i + 1; j < members.size(); ++j)
          pairs.emplace_back(members[i], members[j]);
    return pairs;
  }

  /// Two agreements' rows, by what a person said or by what they say.
  [[nodiscard]] bool are_two(const Form& one, const Form& other) const {
    if (decisions_.apart(one, other) != nullptr) return true;
    if (decisions_.unite(one, other) != nullptr) return false;
    return contradict(one, other) || holders_.apart(one, other);
  }

  /// More than the name is the same.
  [[nodiscard]] bool is_sure(std::size_t one, std::size_t other) const {
    const auto& a = forms_[one];
    const auto& b = forms_[other];
    return same_moa(a, b) || (!a.county.empty() && a.county == b.county);
  }

  bool may_join(std::size_t one, std::size_t other) {
    const auto a = sets_.root(one);
    const auto b = sets_.root(other);
    if (a == b) return false;
    for (const auto i : members_[a])
      for (const auto j : members_[b])
        if (are_two(forms_[i], forms_[j])) return false;
    return true;
  }

  /// Where several agencies have the name: there are more groups than agreements that they may be,
  /// so that joining leaves none without a row.
  bool may_be_one(std::size_t one, std::size_t other) {
    auto holders = holders_.of(forms_[one]);
    holders.merge(holders_.of(forms_[other]));
    if (holders.size() < 2) return true;
    std::set<std::size_t> groups;
    for (std::size_t i = 0; i < forms_.size(); ++i)
      for (const auto holder : holders_.of(forms_[i]))
        if (holders.contains(holder)) groups.insert(sets_.root(i));
    groups.insert({sets_.root(one), sets_.root(other)});
    return groups.size() > holders.size();
  }

  void join(std::size_t one, std::size_t other) {
    auto a = sets_.root(one);
    auto b = sets_.root(other);
    sets_.join(a, b);
    if (b < a) std::swap(a, b);
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
  }

  const std::vector<Form>& forms_;
  const Holders& holders_;
  const Decisions& decisions_;
  Sets sets_;
  std::vector<std::vector<std::size_t>> members_;  // by root
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

}  // namespace

std::set<std::size_t> Holders::of(const Form& form) const {
  const auto found = holders_.find(form.key());
  return found == holders_.end() ? std::set<std::size_t>{} : found->second;
}

bool Holders::have_both(const Form& one, const Form& other) const {
  const auto a = of(one);
  return one.key() != other.key() && a.size() == 1 && a == of(other);
}

bool Holders::apart(const Form& one, const Form& other) const {
  const auto a = of(one);
  const auto b = of(other);
  return !a.empty() && !b.empty() &&
         std::none_of(a.begin(), a.end(), [&](std::size_t holder) { return b.contains(holder); });
}

std::string Form::key() const {
  return state + '|' + name.key + '|' + model + '|' +
         (signed_on ? to_string(*signed_on) : signed_text);
}

Form form_of(const Listing& listing) {
  Form form;
  form.state = listing.state;
  form.name = normalise_name(listing.agency);
  form.agency = listing.agency;
  form.letters = fold_text(listing.agency);
  form.model = listing.model;
  form.signed_on = listing.signed_on;
  form.signed_text = fold_text(listing.signed_text);
  form.county = normalise_county(listing.county);
  form.moa = moa_file(listing.moa_url);
  return form;
}

Form form_of(const PrintedKey& printed) {
  Listing row;
  row.state = printed.state;
  row.agency = printed.agency;
  row.model = printed.model;
  row.signed_on = printed.signed_on;
  row.signed_text = printed.signed_text;
  row.county = printed.county;
  row.moa_url = printed.moa_url;
  return form_of(row);
}

bool counties_agree(const Form& one, const Form& other) {
  return !counties_contradict(one.county, one.state, other.county, other.state);
}

bool canonical_less(const Listing& one, const Listing& other) {
  const auto content = [](const Listing& l) {
    return std::tie(l.state, l.agency, l.model, l.signed_on, l.signed_text, l.county, l.agency_type,
                    l.moa_url, l.moa_status, l.addendum_url, l.state_text, l.model_text);
  };
  return content(one) < content(other);
}

std::vector<Group> group_listings(const std::vector<Listing>& listings, const Holders& holders,
                                  const Decisions& decisions) {
  const auto rows = distinct_in_order(listings, holders);
  std::vector<Form> forms;
  forms.reserve(rows.size());
  for (const auto& row : rows) forms.push_back(form_of(row));

  // Only rows that share a name or an MOA can be one agreement: compare within those.
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto place = forms[i].state + '|' + forms[i].model;
    alike[{place, "name " + forms[i].name.key}].push_back(i);
    if (!forms[i].moa.empty()) alike[{place, "moa " + forms[i].moa}].push_back(i);
    // What was one agreement's in the last edition: the MOA that showed it may be missing now.
    for (const auto holder : holders.of(forms[i]))
      alike[{place, "holder " + std::to_string(holder)}].push_back(i);
  }
  Joining joining(forms, holders, decisions);
  for (const auto& [shared, members] : alike) joining.look_at(members);
  auto sets = joining.run();

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
