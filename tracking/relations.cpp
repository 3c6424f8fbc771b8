#include "tracking/relations.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

#include "tracking/assign.h"
#include "tracking/evidence.h"

namespace agreementd::tracking {
namespace {

/// Asks `question` of each pair of an agreement's and a group's form until one answers.
template <typename Question>
auto ask(const Agreement& agreement, const Group& group, Question question)
    -> decltype(question(agreement.forms().front(), group.forms.front())) {
  for (const auto& old : agreement.forms())
    for (const auto& now : group.forms)
      if (auto answer = question(old, now)) return answer;
  return {};
}

std::string date_text(const Form& form) {
  return form.signed_on ? to_string(*form.signed_on) : "without a date";
}

/// Days between the signing dates; 0 where one is unknown.
int days_apart(const Form& one, const Form& other) {
  if (!one.signed_on || !other.signed_on) return 0;
  return std::abs(static_cast<int>(
      (std::chrono::sys_days{*one.signed_on} - std::chrono::sys_days{*other.signed_on}).count()));
}

std::optional<int> renewal(const Agreement& agreement, const Group& group) {
  if (!renews(agreement, group)) return std::nullopt;
  return days_apart(agreement.forms().front(), group.forms.front());
}

std::optional<int> switched(const Agreement& agreement, const Group& group) {
  return ask(agreement, group, [](const Form& old, const Form& now) -> std::optional<int> {
    const bool one = old.state == now.state && old.name.key == now.name.key &&
                     old.model != now.model && counties_agree(old, now);
    return one ? std::optional(days_apart(old, now)) : std::nullopt;
  });
}

/// What the two have in common, where that is too much to ignore and too little to decide.
std::optional<std::string> doubt(const Agreement& agreement, const Group& group) {
  return ask(agreement, group, [&](const Form& old, const Form& now) -> std::optional<std::string> {
    if (old.state != now.state || old.model != now.model) return {};
    if (old.name.numbers != now.name.numbers) return {};
    if (old.name.key == now.name.key)
      return fmt::format("same agency and model, signed {} and {}", date_text(old), date_text(now));
    if (!now.moa.empty() && agreement.all_moas().contains(now.moa))
      return fmt::format("the same MOA file is linked for {} and {}", old.name.key, now.name.key);
    const bool same_date = old.signed_on && old.signed_on == now.signed_on;
    if (same_date && nearly_equal(old.name, now.name, now.state))
      return fmt::format("nearly one name and one date: {} and {}", old.name.key, now.name.key);
    return {};
  });
}

class Relating {
 public:
  Relating(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
           const Matching& matching)
      : agreements_(agreements), groups_(groups), matching_(matching) {}

  Relations run() {
    pair_up(renewal, "superseded", "renewal");
    pair_up(switched, "switched", "switched");
    for (const auto a : matching_.leaving)
      for (const auto g : matching_.fresh) {
        if (found_.leaving.contains(a) || found_.entering.contains(g)) continue;
        if (auto question = doubt(*agreements_[a], groups_[g]))
          found_.doubts.push_back({a, g, std::move(*question)});
      }
    return std::move(found_);
  }

 private:
  using Look = std::optional<int> (*)(const Agreement&, const Group&);

  void pair_up(Look look, const std::string& leaves, const std::string& enters) {
    std::vector<Pair> pairs;
    for (const auto a : matching_.leaving)
      for (const auto g : matching_.fresh) {
        if (found_.leaving.contains(a) || found_.entering.contains(g)) continue;
        if (const auto cost = look(*agreements_[a], groups_[g])) pairs.push_back({a, g, *cost});
      }
    for (const auto position : assign(pairs)) {
      const auto& pair = pairs[position];
      found_.leaving.emplace(pair.left, Relation{leaves, pair.right});
      found_.entering.emplace(pair.right, Relation{enters, pair.left});
    }
  }

  const std::vector<const Agreement*>& agreements_;
  const std::vector<Group>& groups_;
  const Matching& matching_;
  Relations found_;
};

}  // namespace

Relations relate(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
                 const Matching& matching) {
  return Relating(agreements, groups, matching).run();
}

}  // namespace agreementd::tracking
