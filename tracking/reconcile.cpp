#include "tracking/reconcile.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace agreementd::tracking {
namespace {

bool same_verdict(const std::optional<Verdict>& one, const std::optional<Verdict>& other) {
  if (one.has_value() != other.has_value()) return false;
  return !one || one->verdict_id == other->verdict_id;
}

/// Equal in all that goes into the fold.
bool same_input(const Edition& one, const Edition& other) {
  return one.id == other.id && one.instant == other.instant && one.dating.at == other.dating.at &&
         one.dating.dated_by == other.dating.dated_by && one.dating.doubt == other.dating.doubt &&
         same_verdict(one.verdict, other.verdict);
}

bool same_edition(const Edition& one, const Edition& other) {
  const auto outcome = [](const Edition& e) {
    return std::tie(e.status, e.reason, e.baseline, e.listing_count, e.agreement_count);
  };
  return same_input(one, other) && outcome(one) == outcome(other);
}

std::string key_of(const Version& version) {
  return version.agreement_id + ' ' + std::to_string(version.from.time_since_epoch().count());
}

std::string key_of(const Change& change) {
  return to_hex(change.edition_id) + ' ' + change.agreement_id + ' ' +
         std::string(to_string(change.kind));
}

/// Takes equal things out of two collections: what stays must be closed, and must be written.
template <typename Thing>
class Remainder {
 public:
  explicit Remainder(const std::vector<Thing>& wanted) {
    for (const auto& thing : wanted) wanted_.emplace(key_of(thing), &thing);
  }
  /// True where `stored` is wanted as it is; it then needs no writing.
  bool keep(const Thing& stored) {
    const auto [begin, end] = wanted_.equal_range(key_of(stored));
    for (auto it = begin; it != end; ++it)
      if (*it->second == stored) {
        kept_.insert(it->second);
        wanted_.erase(it);
        return true;
      }
    return false;
  }
  [[nodiscard]] bool is_kept(const Thing& wanted) const { return kept_.contains(&wanted); }

 private:
  std::multimap<std::string, const Thing*> wanted_;
  std::set<const Thing*> kept_;
};

class Reconciling {
 public:
  Reconciling(const StoredHistory& stored, const Folded& folded, const Occasion& occasion)
      : stored_(stored), folded_(folded), occasion_(occasion) {
    for (const auto& redirect : stored.redirects) known_as_[redirect.from] = redirect.to;
    for (const auto& redirect : folded.redirects) {
      known_as_.erase(redirect.from);
      if (!redirect.to.empty()) known_as_[redirect.from] = redirect.to;
    }
    for (std::size_t i = 0; i < folded.prefix; ++i) prefix_.insert(folded.editions[i].id);
  }

  Difference run() {
    editions();
    versions();
    entries();
    reviews();
    difference_.mintings = folded_.mintings;
    difference_.redirects = folded_.redirects;
    return std::move(difference_);
  }

 private:
  void editions() {
    std::map<Sha256, const Edition*> wanted;
    for (std::size_t i = folded_.prefix; i < folded_.editions.size(); ++i)
      wanted.emplace(folded_.editions[i].id, &folded_.editions[i]);
    std::set<Sha256> kept;
    for (const auto& edition : stored_.editions) {
      if (prefix_.contains(edition.id)) continue;
      const auto match = wanted.find(edition.id);
      if (match != wanted.end() && same_edition(*match->second, edition))
        kept.insert(edition.id);
      else
        difference_.closed_editions.push_back(edition.id);
    }
    for (std::size_t i = folded_.prefix; i < folded_.editions.size(); ++i)
      if (!kept.contains(folded_.editions[i].id))
        difference_.editions.push_back(folded_.editions[i]);
  }

  void versions() {
    Remainder<Version> remainder(folded_.versions);
    for (const auto& [version_id, stored] : stored_.versions) {
      if (stored.to_edition && prefix_.contains(*stored.to_edition)) continue;
      auto version = stored;
      rename(version.agreement_id);
      rename(version.agency_id);
      // A version under a redirected id moves to the id it redirects to; an agency's id does not
      // matter so, the views follow redirects.
      if (version.agreement_id != stored.agreement_id || !remainder.keep(version))
        difference_.closed_versions.push_back(version_id);
    }
    for (const auto& version : folded_.versions)
      if (!remainder.is_kept(version)) difference_.versions.push_back(version);
  }

  void entries() {
    Remainder<Change> remainder(folded_.changes);
    for (const auto& entry : stored_.standing) {
      if (prefix_.contains(entry.change.edition_id)) continue;
      auto change = entry.change;
      rename(change.agreement_id);
      rename(change.agency_id);
      rename(change.related_id);
      if (!remainder.keep(change)) difference_.entries.push_back(retraction(entry));
    }
    for (const auto& change : folded_.changes)
      if (!remainder.is_kept(change))
        difference_.entries.push_back({cause_of(change.edition_id), change});
  }

  [[nodiscard]] NewEntry retraction(const Entry& entry) const {
    Change change = entry.change;
    change.kind = ChangeKind::retracted;
    change.reason = std::string(to_string(occasion_.cause));
    change.evidence = occasion_.words;
    change.clerical = false;
    change.retracts_seq = entry.seq;
    return {occasion_.cause, std::move(change)};
  }

  [[nodiscard]] Cause cause_of(const Sha256& edition) const {
    return occasion_.polled.contains(edition) ? Cause::edition : occasion_.cause;
  }

  void reviews() {
    for (const auto& review : stored_.reviews) {
      if (prefix_.contains(review.edition_id)) continue;
      if (std::find(folded_.reviews.begin(), folded_.reviews.end(), review) ==
          folded_.reviews.end())
        difference_.closed_reviews.push_back(review);
    }
    for (const auto& review : folded_.reviews)
      if (std::find(stored_.reviews.begin(), stored_.reviews.end(), review) ==
          stored_.reviews.end())
        difference_.reviews.push_back(review);
  }

  void rename(std::string& id) const {
    const auto redirect = known_as_.find(id);
    if (redirect != known_as_.end()) id = redirect->second;
  }

  const StoredHistory& stored_;
  const Folded& folded_;
  const Occasion& occasion_;
  std::map<std::string, std::string> known_as_;
  std::set<Sha256> prefix_;
  Difference difference_;
};

}  // namespace

std::vector<Edition> unaffected_prefix(const std::vector<Arranged>& arranged,
                                       const std::vector<Edition>& stored) {
  auto in_order = stored;
  std::sort(in_order.begin(), in_order.end(), fold_order);
  std::vector<Edition> prefix;
  for (std::size_t i = 0; i < std::min(in_order.size(), arranged.size()); ++i) {
    if (!same_input(in_order[i], arranged[i].edition)) break;
    prefix.push_back(in_order[i]);
  }
  return prefix;
}

Difference reconcile(const StoredHistory& stored, const Folded& folded, const Occasion& occasion) {
  return Reconciling(stored, folded, occasion).run();
}

}  // namespace agreementd::tracking
