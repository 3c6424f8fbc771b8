#include "tracking/relations.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "tracking/assign.h"
#include "tracking/doubt.h"
#include "tracking/evidence.h"
#include "tracking/form_pairs.h"

namespace agreementd::tracking {
namespace {

std::optional<int> renewal(const Agreement& agreement, const Group& group) {
  if (!renews(agreement, group, group.moas)) return std::nullopt;
  return days_apart(agreement.forms().front(), group.forms.front());
}

std::optional<int> switched(const Agreement& agreement, const Group& group) {
  return ask(agreement, group, [](const Form& old, const Form& now) -> std::optional<int> {
    const bool one = old.state == now.state && old.name.key == now.name.key &&
                     old.model != now.model && counties_agree(old, now);
    return one ? std::optional(days_apart(old, now)) : std::nullopt;
  });
}

/// For how long after its end an agreement may be meant by a new one.
constexpr std::chrono::days remembered{180};

class Relating {
 public:
  Relating(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
           const Matching& matching, Instant at, const Decisions& decisions)
      : agreements_(agreements),
        groups_(groups),
        matching_(matching),
        at_(at),
        decisions_(decisions) {
    for (const auto& matched : matching.matched) matched_.insert(matched.agreement);
  }

  Relations run() {
    look_at_links();
    pair_up(renewal, "superseded", "renewal");
    pair_up(switched, "switched", "switched");
    supersede_beside();
    renew_others();
    for (const auto& [agreement, group, question] : matching_.undecided)
      if (!is_settled(agreement, group) && !found_.leaving.contains(agreement) &&
          !found_.entering.contains(group))
        found_.doubts.push_back({agreement, group, question});
    for (const auto a : matching_.leaving)
      for (const auto g : matching_.fresh) {
        if (found_.leaving.contains(a) || found_.entering.contains(g)) continue;
        if (is_settled(a, g) || is_asked(a, g)) continue;
        if (auto question = doubt(*agreements_[a], groups_[g]))
          found_.doubts.push_back({a, g, std::move(*question)});
        else
          doubt_slipped_links(a, g);
      }
    doubt_returning();
    doubt_doubled();
    doubt_ended();
    return std::move(found_);
  }

 private:
  /// Those that left with an earlier edition and are not back, the last to leave first.
  [[nodiscard]] std::vector<std::size_t> ended() const {
    std::vector<std::size_t> found;
    for (std::size_t a = 0; a < agreements_.size(); ++a)
      if (!agreements_[a]->live() && !matched_.contains(a)) found.push_back(a);
    std::stable_sort(found.begin(), found.end(), [&](std::size_t one, std::size_t other) {
      return agreements_[one]->ended() > agreements_[other]->ended();
    });
    return found;
  }

  /// A renewal of one that is still listed beside it, or left before it came.
  void renew_others() {
    auto candidates = ended();
    for (const auto& matched : matching_.matched)
      if (agreements_[matched.agreement]->live()) candidates.push_back(matched.agreement);
    for (const auto g : matching_.fresh) {
      if (found_.entering.contains(g)) continue;
      const auto a = std::find_if(candidates.begin(), candidates.end(), [&](std::size_t each) {
        return !links_anothers(g, each) && renewal(*agreements_[each], groups_[g]);
      });
      if (a != candidates.end())
        found_.entering.emplace(g, Relation{"renewal", *a, in_words(*a, g)});
    }
  }

  [[nodiscard]] std::string in_words(std::size_t agreement, std::size_t group) const {
    const auto& old = agreements_[agreement]->forms().front();
    const auto& now = groups_[group].forms.front();
    return fmt::format("{}, signed {}, and {}, signed {}, each an agreement of its own", old.model,
                       date_text(old), now.model, date_text(now));
  }

  /// What enters may be what left with an earlier edition of the same state. Of applications, which
  /// have no date, nothing but the name would speak for it.
  void doubt_ended() {
    if (agreements_.empty() || agreements_.front()->list() == List::pending) return;
    const auto candidates = ended();
    for (const auto g : matching_.fresh) {
      if (found_.entering.contains(g)) continue;
      for (const auto a : candidates) {
        if (at_ - agreements_[a]->ended() > remembered) break;
        const auto& state = agreements_[a]->forms().front().state;
        if (is_settled(a, g) || state != groups_[g].forms.front().state) continue;
        auto question = doubt(*agreements_[a], groups_[g]);
        if (!question) continue;
        found_.doubts.push_back({a, g, std::move(*question)});
        break;
      }
    }
  }

  void doubt_doubled() {
    for (const auto a : matching_.leaving) {
      if (found_.leaving.contains(a)) continue;
      for (const auto& [group, agreement, match] : matching_.matched) {
        if (!agreements_[agreement]->live() || is_settled(a, group) || is_asked(a, group)) continue;
        if (auto question = doubled(*agreements_[a], groups_[group])) {
          found_.doubts.push_back({a, group, std::move(*question), true});
          break;
        }
      }
    }
  }

  /// One that is listed again as another leaves: they were perhaps one all the time.
  void doubt_returning() {
    for (const auto a : matching_.leaving)
      for (const auto& [group, agreement, match] : matching_.matched) {
        if (agreements_[agreement]->live() || found_.leaving.contains(a)) continue;
        if (is_settled(a, group)) continue;
        if (auto question = doubt(*agreements_[a], groups_[group]))
          found_.doubts.push_back({a, group, std::move(*question)});
      }
  }

  /// A renewal that was printed beside the agreement it renews, which leaves only now.
  void supersede_beside() {
    for (const auto a : matching_.leaving) {
      if (found_.leaving.contains(a)) continue;
      for (const auto& [group, agreement, match] : matching_.matched)
        if (renews(*agreements_[a], groups_[group], known_moas(agreement, group))) {
          found_.leaving.emplace(a, Relation{"superseded", group, in_words(a, group)});
          break;
        }
    }
  }

  /// Also where the link is missing from this edition.
  [[nodiscard]] std::set<std::string> known_moas(std::size_t agreement, std::size_t group) const {
    auto moas = groups_[group].moas;
    if (const auto& known = agreements_[agreement]->moa(); !known.empty()) moas.insert(known);
    return moas;
  }

  void look_at_links() {
    for (std::size_t a = 0; a < agreements_.size(); ++a)
      if (agreements_[a]->live() && !agreements_[a]->moa().empty())
        linked_by_[agreements_[a]->moa()].insert(a);
  }

  /// The group's MOA was another agreement's in the last edition: cells may have slipped to other
  /// rows, it is no sign of an agreement of its own.
  [[nodiscard]] bool links_anothers(std::size_t group, std::size_t agreement) const {
    return std::any_of(groups_[group].moas.begin(), groups_[group].moas.end(),
                       [&](const auto& moa) {
                         const auto found = linked_by_.find(moa);
                         return found != linked_by_.end() &&
                                std::any_of(found->second.begin(), found->second.end(),
                                            [&](std::size_t other) { return other != agreement; });
                       });
  }

  void doubt_slipped_links(std::size_t a, std::size_t g) {
    if (links_anothers(g, a) && switched(*agreements_[a], groups_[g]))
      found_.doubts.push_back(
          {a, g, "the agency is listed under another model, with an MOA that was another's"});
  }

  [[nodiscard]] bool is_asked(std::size_t agreement, std::size_t group) const {
    return std::any_of(found_.doubts.begin(), found_.doubts.end(), [&](const Doubt& doubt) {
      return doubt.agreement == agreement && doubt.group == group;
    });
  }

  [[nodiscard]] bool is_settled(std::size_t agreement, std::size_t group) const {
    return decisions_.settle(*agreements_[agreement], groups_[group]);
  }

  using Look = std::optional<int> (*)(const Agreement&, const Group&);

  void pair_up(Look look, const std::string& leaves, const std::string& enters) {
    std::vector<Pair> pairs;
    for (const auto a : matching_.leaving)
      for (const auto g : matching_.fresh) {
        if (found_.leaving.contains(a) || found_.entering.contains(g)) continue;
        if (links_anothers(g, a)) continue;
        if (const auto cost = look(*agreements_[a], groups_[g])) pairs.push_back({a, g, *cost});
      }
    for (const auto position : assign(pairs)) {
      const auto& pair = pairs[position];
      const auto words = in_words(pair.left, pair.right);
      found_.leaving.emplace(pair.left, Relation{leaves, pair.right, words});
      found_.entering.emplace(pair.right, Relation{enters, pair.left, words});
    }
  }

  const std::vector<const Agreement*>& agreements_;
  const std::vector<Group>& groups_;
  const Matching& matching_;
  Instant at_;
  const Decisions& decisions_;
  std::set<std::size_t> matched_;                           ///< agreements
  std::map<std::string, std::set<std::size_t>> linked_by_;  ///< MOA file -> live agreements
  Relations found_;
};

}  // namespace

Relations relate(const std::vector<const Agreement*>& agreements, const std::vector<Group>& groups,
                 const Matching& matching, Instant at, const Decisions& decisions) {
  return Relating(agreements, groups, matching, at, decisions).run();
}

}  // namespace agreementd::tracking
