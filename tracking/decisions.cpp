#include "tracking/decisions.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "tracking/sets.h"

namespace agreementd::tracking {
namespace {

/// Every form the agreement was ever printed in.
std::vector<Form> forms_ever(const Agreement& agreement) {
  std::vector<Form> forms;
  for (const auto& version : agreement.versions())
    for (const auto& row : version.rows) forms.push_back(form_of(row));
  return forms;
}

/// The first answer that `ask` gives for a form of each side; null: none.
template <typename Ask>
const Decision* first_answer(const Agreement& agreement, const Group& group, Ask ask) {
  for (const auto& old : forms_ever(agreement))
    for (const auto& now : group.forms)
      if (const auto* answer = ask(old, now)) return answer;
  return nullptr;
}

}  // namespace

bool Decisions::Key::fits(const Form& form) const {
  if (form.key() != key) return false;
  if (!county.empty())
    return !form.county.empty() && !counties_contradict(county, state, form.county, form.state);
  return moa.empty() || form.moa == moa;
}

std::pair<Decisions::Key, Decisions::Key> Decisions::keys_of(const Decision& decision) {
  const auto one = form_of(decision.one);
  const auto other = form_of(decision.other);
  std::pair<Key, Key> keys{{one.key(), "", "", one.state}, {other.key(), "", "", other.state}};
  if (keys.first.key != keys.second.key) return keys;
  if (!counties_agree(one, other)) {
    keys.first.county = one.county;
    keys.second.county = other.county;
  } else if (!one.moa.empty() && !other.moa.empty()) {
    keys.first.moa = one.moa;
    keys.second.moa = other.moa;
  }
  return keys;
}

Decisions::Decisions(const std::vector<Decision>& decisions, List list) {
  std::map<std::set<Key>, Decision> last;
  for (const auto& decision : decisions) {
    if (decision.list != list) continue;
    const auto [one, other] = keys_of(decision);
    last[{one, other}] = decision;
    keys_.insert({one.key, other.key});
  }
  std::vector<Decision> united;
  for (const auto& [pair, decision] : last) {
    if (decision.kind == DecisionKind::same_as)
      united.push_back(decision);
    else
      bars_.push_back({*pair.begin(), *pair.rbegin(), decision});
  }
  unite_all(united);
}

void Decisions::unite_all(const std::vector<Decision>& standing) {
  std::map<Key, std::size_t> numbers;
  for (const auto& decision : standing) {
    const auto [one, other] = keys_of(decision);
    numbers.emplace(one, numbers.size());
    numbers.emplace(other, numbers.size());
  }
  Sets sets(numbers.size());
  for (const auto& decision : standing) {
    const auto [one, other] = keys_of(decision);
    sets.join(numbers.at(one), numbers.at(other));
  }
  std::map<std::size_t, Union> by_root;
  for (const auto& [key, number] : numbers) by_root[sets.root(number)].keys.push_back(key);
  for (const auto& decision : standing) {
    auto& last = by_root.at(sets.root(numbers.at(keys_of(decision).first))).last;
    if (last.decision_id < decision.decision_id) last = decision;
  }
  for (auto& [root, one] : by_root) unions_.push_back(std::move(one));
}

bool Decisions::concern(const std::set<std::string>& keys) const {
  if (keys_.empty()) return false;
  return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return concern(key); });
}

const Decision* Decisions::apart(const Form& one, const Form& other) const {
  for (const auto& bar : bars_) {
    if (bar.one == bar.other) continue;  // nothing printed tells the two apart
    if ((bar.one.fits(one) && bar.other.fits(other)) ||
        (bar.one.fits(other) && bar.other.fits(one)))
      return &bar.decision;
  }
  return nullptr;
}

const Decision* Decisions::apart(const Agreement& agreement, const Group& group) const {
  if (bars_.empty() || !concern(agreement.all_keys()) || !concern(group.keys)) return nullptr;
  return first_answer(agreement, group,
                      [&](const Form& old, const Form& now) { return apart(old, now); });
}

std::vector<std::size_t> Decisions::united_as(const Form& form) const {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < unions_.size(); ++i)
    if (std::any_of(unions_[i].keys.begin(), unions_[i].keys.end(),
                    [&](const Key& key) { return key.fits(form); }))
      numbers.push_back(i);
  return numbers;
}

const Decision* Decisions::unite(const Form& one, const Form& other) const {
  const auto of_other = united_as(other);
  for (const auto number : united_as(one))
    if (std::find(of_other.begin(), of_other.end(), number) != of_other.end())
      return apart(one, other) == nullptr ? &unions_[number].last : nullptr;
  return nullptr;
}

const Decision* Decisions::unite(const Agreement& agreement, const Group& group) const {
  if (unions_.empty() || !concern(agreement.all_keys()) || !concern(group.keys)) return nullptr;
  return first_answer(agreement, group,
                      [&](const Form& old, const Form& now) { return unite(old, now); });
}

bool Decisions::settle(const Agreement& agreement, const Group& group) const {
  return std::any_of(bars_.begin(), bars_.end(), [&](const Bar& bar) {
    const auto& old = agreement.all_keys();
    const auto& now = group.keys;
    return (old.contains(bar.one.key) && now.contains(bar.other.key)) ||
           (old.contains(bar.other.key) && now.contains(bar.one.key));
  });
}

std::string in_words(const Decision& decision) {
  return fmt::format("{} decided: {}", decision.by, decision.why);
}

}  // namespace agreementd::tracking
