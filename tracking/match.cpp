#include "tracking/match.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <unordered_map>

#include "tracking/assign.h"
#include "tracking/evidence.h"
#include "tracking/form_pairs.h"

namespace agreementd::tracking {
namespace {

/// The exact tier and the MOA tier look at all ended agreements; the others at those that ended
/// within this time, for names and dates are reused.
constexpr std::chrono::days memory{180};
/// An agreement that leaves with this edition is likelier than one that is gone already.
constexpr int cost_of_ended = 1000;

class Matcher {
 public:
  Matcher(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
          Instant at, const Aliases& aliases, const Decisions& decisions)
      : agreements_(agreements),
        groups_(groups),
        at_(at),
        decisions_(decisions),
        scene_(look_at(agreements, groups, aliases)),
        agreement_taken_(agreements.size()),
        group_taken_(groups.size()) {}

  Matching run() {
    decided();
    by_key(County::agrees);
    by_evidence(2, same_alias, memory);
    by_evidence(3, same_moa, std::nullopt);
    by_evidence(4, misspelling, memory);
    by_evidence(5, corrected_date, memory);
    // One name in another county is another body's if one is listed there.
    by_key(County::contradicts);
    by_handover();
    by_two_at_once();
    return finish();
  }

 private:
  using Keys = const std::set<std::string>& (Agreement::*)() const;
  using Look = std::optional<Evidence> (*)(const Agreement&, const Group&, const Scene&);

  /// Before all tiers: keys that a person said are one agreement's. One it has had already is left
  /// to tier 1.
  void decided() {
    std::vector<Pair> pairs;
    std::vector<Evidence> evidence;
    for (std::size_t a = 0; a < agreements_.size(); ++a) {
      const auto& had = agreements_[a]->all_keys();
      if (!decisions_.concern(had)) continue;
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        const auto& keys = groups_[g].keys;
        if (std::any_of(keys.begin(), keys.end(), [&](const auto& k) { return had.contains(k); }))
          continue;
        const auto* decision = decisions_.unite(*agreements_[a], groups_[g]);
        if (decision == nullptr || barred(a, g)) continue;
        pairs.push_back({a, g, agreements_[a]->live() ? 0 : cost_of_ended});
        evidence.push_back({0, in_words(*decision)});
      }
    }
    take(decided_tier, pairs, evidence);
  }

  /// A person said that they are two.
  [[nodiscard]] bool barred(std::size_t agreement, std::size_t group) const {
    return decisions_.apart(*agreements_[agreement], groups_[group]) != nullptr;
  }

  enum class County { agrees, contradicts };

  /// Tier 1: a key in common, that of today before one of the past, live before ended.
  void by_key(County county) {
    exact(county, true, &Agreement::current_keys, "");
    exact(county, true, &Agreement::all_keys, "a key it was listed under before");
    exact(county, false, &Agreement::all_keys, "");
  }

  /// Two agencies of one name are told apart by county and MOA.
  void exact(County county, bool live, Keys keys, const std::string& words) {
    std::unordered_multimap<std::string, std::size_t> by_key;
    for (std::size_t a = 0; a < agreements_.size(); ++a)
      if (!agreement_taken_[a] && agreements_[a]->live() == live)
        for (const auto& key : (agreements_[a]->*keys)()) by_key.emplace(key, a);
    std::vector<Pair> pairs;
    std::vector<Evidence> evidence;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (group_taken_[g]) continue;
      for (const auto& key : groups_[g].keys) {
        const auto [begin, end] = by_key.equal_range(key);
        for (auto it = begin; it != end; ++it) {
          if (barred(it->second, g)) continue;
          const auto& agreement = *agreements_[it->second];
          if (!may_be_of_county(county, agreement, groups_[g])) continue;
          pairs.push_back({it->second, g, exact_cost(agreement, groups_[g])});
          evidence.push_back({0, words});
        }
      }
    }
    // The order of a hash table is nobody's business: sort what it gave.
    std::sort(pairs.begin(), pairs.end(), [](const Pair& one, const Pair& other) {
      return std::tuple(one.left, one.right, one.cost) <
             std::tuple(other.left, other.right, other.cost);
    });
    take(1, pairs, evidence);
  }

  /// A county is corrected where a date or a document is the same: without, or with another
  /// document, or long after, it is rather another body of that name.
  static bool may_be_of_county(County county, const Agreement& agreement, const Group& group) {
    if (of_one_county(agreement, group)) return true;
    const bool dated = agreement.forms().front().signed_on.has_value();
    return county == County::contradicts &&
           (shares_moa(agreement, group) ||
            (dated && agreement.live() && !moas_contradict(agreement, group)));
  }

  static bool of_one_county(const Agreement& agreement, const Group& group) {
    const auto& ours = agreement.forms().front();
    return std::all_of(group.forms.begin(), group.forms.end(),
                       [&](const Form& form) { return counties_agree(ours, form); });
  }

  /// What two agencies of one name are told apart by: first the county, then the MOA.
  static int exact_cost(const Agreement& agreement, const Group& group) {
    const auto& ours = agreement.forms().front();
    const bool agree = of_one_county(agreement, group);
    const bool same = std::any_of(group.forms.begin(), group.forms.end(), [&](const Form& form) {
      return !ours.county.empty() && ours.county == form.county;
    });
    const bool one_moa = !agreement.moa().empty() && group.moas.contains(agreement.moa());
    return (same ? 0 : agree ? 4 : 16) + (one_moa ? 0 : moas_contradict(agreement, group) ? 2 : 1);
  }

  void by_evidence(int tier, Look look, std::optional<std::chrono::days> window) {
    std::vector<Pair> pairs;
    std::vector<Evidence> evidence;
    for (std::size_t a = 0; a < agreements_.size(); ++a) {
      const auto& agreement = *agreements_[a];
      if (agreement_taken_[a]) continue;
      if (!agreement.live() && window && at_ - agreement.ended() > *window) continue;
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (group_taken_[g] || barred(a, g)) continue;
        if (auto found = look(agreement, groups_[g], scene_)) {
          pairs.push_back({a, g, found->cost + (agreement.live() ? 0 : cost_of_ended)});
          evidence.push_back(std::move(*found));
        }
      }
    }
    drop_unclean(pairs, evidence);
    take(tier, pairs, evidence);
  }

  /// Takes out what counts only in a clean handover and is none.
  static void drop_unclean(std::vector<Pair>& pairs, std::vector<Evidence>& evidence) {
    std::map<std::size_t, int> of_left, of_right;
    for (const auto& pair : pairs) {
      ++of_left[pair.left];
      ++of_right[pair.right];
    }
    std::vector<Pair> clean;
    std::vector<Evidence> reasons;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (evidence[i].needs_clean_handover &&
          (of_left[pairs[i].left] > 1 || of_right[pairs[i].right] > 1))
        continue;
      clean.push_back(pairs[i]);
      reasons.push_back(std::move(evidence[i]));
    }
    pairs = std::move(clean);
    evidence = std::move(reasons);
  }

  /// Two things corrected at once: name and date, or state and date.
  void by_two_at_once() {
    std::vector<Pair> pairs;
    std::vector<Evidence> evidence;
    for (std::size_t a = 0; a < agreements_.size(); ++a)
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (agreement_taken_[a] || group_taken_[g] || !agreements_[a]->live()) continue;
        if (barred(a, g)) continue;
        if (auto found = two_at_once(*agreements_[a], groups_[g], scene_)) {
          found->needs_clean_handover = true;
          pairs.push_back({a, g, found->cost});
          evidence.push_back(std::move(*found));
        }
      }
    drop_unclean(pairs, evidence);
    take(6, pairs, evidence);
  }

  /// Tier 6: who leaves and who enters, by what else must agree; only sides with one member count.
  void by_handover() {
    struct Sides {
      std::set<std::size_t> leaving, entering;
    };
    for (const auto corrected : {Column::state, Column::model, Column::agency}) {
      std::map<std::string, Sides> by_rest;
      for (std::size_t a = 0; a < agreements_.size(); ++a)
        if (!agreement_taken_[a] && agreements_[a]->live())
          for_each_handover(agreements_[a]->forms(), corrected,
                            [&](const auto& rest) { by_rest[rest].leaving.insert(a); });
      for (std::size_t g = 0; g < groups_.size(); ++g)
        if (!group_taken_[g])
          for_each_handover(groups_[g].forms, corrected,
                            [&](const auto& rest) { by_rest[rest].entering.insert(g); });
      std::vector<Pair> pairs;
      std::vector<Evidence> evidence;
      for (const auto& [rest, sides] : by_rest) {
        if (sides.leaving.size() != 1 || sides.entering.size() != 1) continue;
        const auto a = *sides.leaving.begin();
        const auto g = *sides.entering.begin();
        if (barred(a, g)) continue;
        auto found = handed_over(*agreements_[a], groups_[g], corrected, scene_);
        if (found && found->undecided) {
          ask(a, g, found->words);
        } else if (found) {
          pairs.push_back({a, g, found->cost});
          evidence.push_back(std::move(*found));
        }
      }
      take(6, pairs, evidence);
    }
  }

  void ask(std::size_t agreement, std::size_t group, const std::string& question) {
    const bool asked = std::any_of(undecided_.begin(), undecided_.end(), [&](const Undecided& u) {
      return u.agreement == agreement && u.group == group;
    });
    if (!asked) undecided_.push_back({agreement, group, question});
  }

  template <typename Visit>
  static void for_each_handover(const std::vector<Form>& forms, Column corrected, Visit visit) {
    for (const auto& form : forms)
      for (const auto& handover : handovers(form))
        if (handover.corrected == corrected) visit(handover.what_else);
  }

  void take(int tier, const std::vector<Pair>& pairs, const std::vector<Evidence>& evidence) {
    for (const auto position : assign(pairs)) {
      const auto& pair = pairs[position];
      agreement_taken_[pair.left] = true;
      group_taken_[pair.right] = true;
      matched_.push_back({pair.right, pair.left, Match{tier, evidence[position].words}});
    }
  }

  Matching finish() {
    std::sort(matched_.begin(), matched_.end(),
              [](const Matched& one, const Matched& other) { return one.group < other.group; });
    Matching matching{std::move(matched_), {}, {}, {}};
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (!group_taken_[g]) matching.fresh.push_back(g);
    for (std::size_t a = 0; a < agreements_.size(); ++a)
      if (!agreement_taken_[a] && agreements_[a]->live()) matching.leaving.push_back(a);
    for (auto& pair : undecided_)
      if (!agreement_taken_[pair.agreement] && !group_taken_[pair.group])
        matching.undecided.push_back(std::move(pair));
    ask_which(matching);
    return matching;
  }

  /// Of two agencies of one name one is not listed any more, and the row does not say which.
  void ask_which(Matching& matching) const {
    for (const auto gone : matching.leaving)
      for (const auto& [group, stays, match] : matching.matched) {
        const auto& left = *agreements_[gone];
        const bool one_key =
            std::any_of(left.current_keys().begin(), left.current_keys().end(),
                        [&](const auto& key) { return groups_[group].keys.contains(key); });
        if (one_key && match.tier == 1 &&
            exact_cost(left, groups_[group]) == exact_cost(*agreements_[stays], groups_[group]))
          matching.undecided.push_back({gone, group,
                                        "two agreements of one name, model and date, one row: " +
                                            groups_[group].forms.front().agency});
      }
  }

  const std::vector<const Agreement*>& agreements_;
  const std::vector<Group>& groups_;
  Instant at_;
  const Decisions& decisions_;
  Scene scene_;
  std::vector<bool> agreement_taken_, group_taken_;
  std::vector<Matched> matched_;
  std::vector<Undecided> undecided_;
};

}  // namespace

Matching match(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
               Instant at, const Aliases& aliases, const Decisions& decisions) {
  return Matcher(agreements, groups, at, aliases, decisions).run();
}

}  // namespace agreementd::tracking
