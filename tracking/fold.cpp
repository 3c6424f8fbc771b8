#include "tracking/fold.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "tracking/agencies.h"
#include "tracking/restore.h"

namespace agreementd::tracking {
namespace {

Holders holders_of(const std::vector<const Agreement*>& agreements) {
  Holders holders;
  for (std::size_t a = 0; a < agreements.size(); ++a)
    if (agreements[a]->live())
      for (const auto& key : agreements[a]->current_keys()) holders.add(key, a);
  return holders;
}

/// Of another agency, state or model: a value quite unlike the one before.
bool is_relabelled(const Comparison& comparison) {
  return std::any_of(comparison.fields.begin(), comparison.fields.end(),
                     [&](const FieldChange& change) {
                       if (change.field != Column::agency)
                         return change.field == Column::state || change.field == Column::model;
                       const auto before = normalise_name(change.before);
                       const auto after = normalise_name(change.after);
                       return likeness(before, after, comparison.facts.state) == Likeness::none &&
                              !share_telling_word(before, after, comparison.facts.state);
                     });
}

}  // namespace

Fold::Fold(const StoredHistory& stored, std::vector<Edition> prefix, Rules rules)
    : rules_(std::move(rules)),
      editions_(std::move(prefix)),
      prefix_(editions_.size()),
      identities_({}, {}, {}, {}) {
  for (const auto list : {List::participating, List::pending}) {
    decisions_.emplace(list, Decisions(rules_.decisions, list));
    unsaid_.emplace(list, std::set{Column::agency_type, Column::county, Column::addendum});
  }
  auto restored = restore(stored, editions_);
  agreements_ = std::move(restored.agreements);
  for (const auto& agreement : agreements_)
    for (const auto& version : agreement.versions()) learn_columns(version);
  identities_ =
      Identities(stored, editions_, std::move(restored.ids), std::move(restored.agencies));
  for (const auto& edition : editions_) {
    dates_.emplace(edition.id, edition.dating.at);
    contents_[edition.list].insert(edition.content);
    if (edition.status == EditionStatus::accepted) last_accepted_[edition.list] = edition;
  }
}

void Fold::step(Edition edition, const Reading& reading) {
  dates_.emplace(edition.id, edition.dating.at);
  auto judged = judge(edition, reading);
  edition.listing_count = static_cast<int>(reading.listings.size());
  edition.agreement_count = static_cast<int>(judged.groups.size());
  edition.baseline = false;
  rule(edition, judged, reading);
  contents_[edition.list].insert(edition.content);
  if (edition.status == EditionStatus::accepted) {
    edition.baseline = !last_accepted_.contains(edition.list);
    suppress_mass_losses(edition, judged);
    apply(edition, judged);
    last_accepted_[edition.list] = edition;
  }
  editions_.push_back(std::move(edition));
}

Fold::Judged Fold::judge(const Edition& edition, const Reading& reading) const {
  Judged judged;
  std::vector<const Agreement*> members;
  for (std::size_t a = 0; a < agreements_.size(); ++a)
    if (agreements_[a].list() == edition.list) {
      judged.members.push_back(a);
      members.push_back(&agreements_[a]);
    }
  const auto& decisions = decisions_.at(edition.list);
  judged.groups = group_listings(reading.listings, holders_of(members), decisions);
  judged.matching = match(members, judged.groups, edition.instant, rules_.aliases, decisions);
  // An application that was signed is accounted for, whatever else enters as it leaves.
  auto unexplained = judged.matching;
  if (edition.list == List::pending)
    std::erase_if(unexplained.leaving, [&](std::size_t leaving) {
      const auto agreement = signed_as(*members[leaving], edition.dating.at, record());
      if (agreement) judged.signings.emplace(leaving, *agreement);
      return agreement.has_value();
    });
  judged.relations = relate(members, judged.groups, unexplained, edition.instant, decisions);
  if (edition.list == List::pending) {
    // An application that leaves was signed, or nobody says why it left.
    judged.relations.leaving.clear();
    judged.relations.entering.clear();
  }
  const ColumnNews columns{reading.columns, unsaid_.at(edition.list)};
  for (const auto& matched : judged.matching.matched)
    judged.comparisons.push_back(
        compare(*members[matched.agreement], judged.groups[matched.group], columns));
  return judged;
}

Effect Fold::effect(const Edition& edition, const Judged& judged, const Reading& reading) const {
  Effect effect;
  effect.list = edition.list;
  effect.rows = static_cast<int>(reading.listings.size());
  effect.leaving = static_cast<int>(judged.matching.leaving.size());
  // Signed; superseded or switched, beside or by what enters.
  effect.explained = static_cast<int>(judged.signings.size() + judged.relations.leaving.size());
  effect.entering = static_cast<int>(judged.matching.fresh.size());
  for (const auto member : judged.members) effect.live += agreements_[member].live() ? 1 : 0;
  for (const auto& comparison : judged.comparisons)
    effect.relabelled += is_relabelled(comparison) ? 1 : 0;
  for (const auto& listing : reading.listings) {
    effect.linked += listing.moa_status == MoaStatus::posted ? 1 : 0;
    effect.unreadable += listing.readable ? 0 : 1;
    effect.signed_later += listing.signed_on && *listing.signed_on > edition.date() ? 1 : 0;
  }
  const auto last = last_accepted_.find(edition.list);
  if (last == last_accepted_.end()) {
    effect.entering = 0;  // a first edition is all new
    return effect;
  }
  effect.reverts = contents_.at(edition.list).contains(edition.content) &&
                   last->second.content != edition.content;
  const auto passed = std::chrono::ceil<std::chrono::days>(edition.instant - last->second.instant);
  effect.periods = std::max(1, static_cast<int>(passed.count() + 29) / 30);
  return effect;
}

/// Sets status and reason: by the standing verdict, else by plausibility.
void Fold::rule(Edition& edition, const Judged& judged, const Reading& reading) const {
  edition.status = EditionStatus::accepted;
  edition.reason.clear();
  const auto quarantine = [&](std::string reason) {
    edition.status = EditionStatus::quarantined;
    edition.reason = std::move(reason);
  };
  const auto says = [&](VerdictKind kind) {
    return edition.verdict && edition.verdict->kind == kind;
  };
  if (says(VerdictKind::reject)) {
    edition.status = EditionStatus::rejected;
    edition.reason = edition.verdict->why;
  } else if (says(VerdictKind::hold)) {
    quarantine(edition.verdict->why);
  } else if (edition.dating.dated_by == DatedBy::nothing) {
    // A person may well know that it is genuine; without a date it has no place in history.
    quarantine(edition.dating.doubt.value_or("nothing dates it"));
  } else if (says(VerdictKind::approve)) {
    return;
  } else if (edition.dating.doubt) {
    quarantine(*edition.dating.doubt);
  } else if (auto reason = implausible(effect(edition, judged, reading), rules_.plausibility)) {
    quarantine(std::move(*reason));
  }
}

void Fold::learn_columns(const Version& version) {
  std::erase_if(unsaid_.at(version.list),
                [&](Column field) { return !field_text(version.facts, field).empty(); });
}

Folded Fold::finish() {
  std::map<Sha256, Sha256> contents;
  std::set<Sha256> prefix;
  std::unordered_map<Sha256, std::size_t> positions;
  for (std::size_t i = 0; i < editions_.size(); ++i) {
    contents.emplace(editions_[i].id, editions_[i].content);
    positions.emplace(editions_[i].id, i);
    if (i < prefix_) prefix.insert(editions_[i].id);
  }
  auto names = identities_.name(agreements_, agencies_of(agreements_, positions), contents);
  Folded folded;
  folded.restart = names.prefix_renamed;
  for (std::size_t a = 0; a < agreements_.size(); ++a)
    for (auto version : agreements_[a].versions()) {
      if (version.to_edition && prefix.contains(*version.to_edition)) continue;
      version.agreement_id = names.agreements[a];
      version.agency_id = names.agencies[a];
      folded.versions.push_back(std::move(version));
    }
  for (auto& draft : drafts_) {
    draft.change.agreement_id = names.agreements[draft.agreement];
    draft.change.agency_id = names.agencies[draft.agreement];
    if (draft.related) draft.change.related_id = names.agreements[*draft.related];
    folded.changes.push_back(std::move(draft.change));
  }
  for (auto& [review, candidates] : reviews_) {
    for (const auto candidate : candidates)
      review.agreement_ids.push_back(names.agreements[candidate]);
    folded.reviews.push_back(std::move(review));
  }
  folded.editions = std::move(editions_);
  folded.prefix = prefix_;
  folded.mintings = std::move(names.mintings);
  folded.redirects = std::move(names.redirects);
  folded.oddities = std::move(oddities_);
  return folded;
}

}  // namespace agreementd::tracking
