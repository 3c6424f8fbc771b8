#include "tracking/fold.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "tracking/agencies.h"
#include "tracking/plausible.h"
#include "tracking/restore.h"

namespace agreementd::tracking {
namespace {

using std::chrono::days;

/// How long before or after an application leaves its agreement may be listed to be its signing.
constexpr days signing_window{90};

/// Two live agreements that were listed side by side: rows of theirs are not grouped.
KnownApart known_apart(const std::vector<const Agreement*>& agreements) {
  std::unordered_map<std::string, const Agreement*> holder;
  for (const auto* agreement : agreements)
    if (agreement->live())
      for (const auto& key : agreement->current_keys()) holder.emplace(key, agreement);
  return [holder = std::move(holder)](const Form& one, const Form& other) {
    const auto a = holder.find(one.key());
    const auto b = holder.find(other.key());
    return a != holder.end() && b != holder.end() && a->second != b->second;
  };
}

Version begin_version(const Edition& edition, const Group& group, const Comparison& comparison,
                      Match match) {
  Version version;
  version.list = edition.list;
  version.from = edition.instant;
  version.from_edition = edition.id;
  version.left_censored = edition.baseline;
  version.facts = comparison.facts;
  version.rows = group.rows;
  const auto first = std::find(version.rows.begin(), version.rows.end(), comparison.representative);
  std::rotate(version.rows.begin(), first, first + 1);
  version.match = std::move(match);
  return version;
}

Change describe(const Edition& edition, ChangeKind kind, std::string reason, const Facts& facts) {
  Change change;
  change.list = edition.list;
  change.kind = kind;
  change.reason = std::move(reason);
  change.state = facts.state;
  change.agency = facts.agency;
  change.model = facts.model;
  change.signed_on = facts.signed_on;
  change.edition_id = edition.id;
  change.edition_file = edition.file_name;
  change.effective_date = edition.date();
  return change;
}

std::string gone_for(Instant from, Instant to) {
  const auto count =
      (std::chrono::sys_days{new_york_date(to)} - std::chrono::sys_days{new_york_date(from)})
          .count();
  return fmt::format("gone {} day{}", count, count == 1 ? "" : "s");
}

/// Clerical: nothing but the way the name or the type is written.
bool clerical(const std::vector<FieldChange>& fields, int tier) {
  return std::all_of(fields.begin(), fields.end(), [&](const FieldChange& change) {
    return change.field == Column::agency_type ||
           (change.field == Column::agency && (tier == 1 || tier == 4));
  });
}

/// The same agency and model, as far as names tell.
bool same_body(const Form& one, const Form& other, const Aliases& aliases) {
  if (one.state != other.state || one.model != other.model || !counties_agree(one, other))
    return false;
  return aliases.canonical(one.state, one.name) == aliases.canonical(other.state, other.name) ||
         nearly_equal(one.name, other.name, one.state);
}

}  // namespace

Fold::Fold(const StoredHistory& stored, std::vector<Edition> prefix, Plausibility rules,
           Aliases aliases)
    : rules_(rules),
      aliases_(std::move(aliases)),
      editions_(std::move(prefix)),
      prefix_(editions_.size()),
      identities_({}, {}, {}, {}) {
  auto restored = restore(stored, editions_);
  agreements_ = std::move(restored.agreements);
  identities_ =
      Identities(stored, editions_, std::move(restored.ids), std::move(restored.agencies));
  for (const auto& edition : editions_) {
    contents_[edition.list].insert(edition.content);
    if (edition.status == EditionStatus::accepted) last_accepted_[edition.list] = edition;
  }
}

void Fold::step(Edition edition, const Reading& reading) {
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
  judged.groups = group_listings(reading.listings, known_apart(members));
  judged.matching = match(members, judged.groups, edition.instant, aliases_);
  judged.relations = relate(members, judged.groups, judged.matching);
  const auto columns = column_news(edition.list, reading.columns);
  for (const auto& matched : judged.matching.matched)
    judged.comparisons.push_back(
        compare(*members[matched.agreement], judged.groups[matched.group], columns));
  return judged;
}

/// Sets status and reason: by the standing verdict, else by plausibility.
void Fold::rule(Edition& edition, const Judged& judged, const Reading& reading) const {
  edition.status = EditionStatus::accepted;
  edition.reason.clear();
  const auto* verdict = edition.verdict ? &*edition.verdict : nullptr;
  if (verdict && verdict->kind == VerdictKind::approve) return;
  if (verdict && (verdict->kind == VerdictKind::reject || verdict->kind == VerdictKind::hold)) {
    edition.status =
        verdict->kind == VerdictKind::reject ? EditionStatus::rejected : EditionStatus::quarantined;
    edition.reason = verdict->why;
    return;
  }
  Effect effect;
  effect.list = edition.list;
  effect.rows = static_cast<int>(reading.listings.size());
  effect.leaving = static_cast<int>(judged.matching.leaving.size());
  effect.explained = static_cast<int>(judged.relations.leaving.size());
  effect.entering = static_cast<int>(judged.matching.fresh.size());
  for (const auto member : judged.members) effect.live += agreements_[member].live() ? 1 : 0;
  if (edition.list == List::pending)
    for (const auto leaving : judged.matching.leaving)
      if (!judged.relations.leaving.contains(leaving) &&
          signed_as(agreements_[judged.members[leaving]], edition.instant))
        ++effect.explained;
  for (const auto& listing : reading.listings) {
    effect.unreadable += listing.readable ? 0 : 1;
    effect.signed_later += listing.signed_on && *listing.signed_on > edition.date() ? 1 : 0;
  }
  std::optional<std::string> reason = edition.dating.doubt;
  const auto last = last_accepted_.find(edition.list);
  const bool baseline = last == last_accepted_.end();
  if (!baseline) {
    const auto seen = contents_.find(edition.list);
    effect.reverts =
        seen->second.contains(edition.content) && last->second.content != edition.content;
    const auto passed = edition.instant - last->second.instant;
    effect.periods =
        std::max(1, static_cast<int>(std::chrono::ceil<days>(passed).count() + 29) / 30);
  } else {
    effect.entering = 0;  // a first edition is all new
  }
  if (!reason) reason = implausible(effect, rules_);
  if (!reason) return;
  edition.status = EditionStatus::quarantined;
  edition.reason = std::move(*reason);
}

ColumnNews Fold::column_news(List list, const std::set<Column>& present) const {
  ColumnNews news{present, {Column::agency_type, Column::county, Column::addendum}};
  for (const auto& agreement : agreements_) {
    if (agreement.list() != list) continue;
    for (const auto& version : agreement.versions())
      for (const auto field : {Column::agency_type, Column::county, Column::addendum})
        if (!field_text(version.facts, field).empty()) news.first.erase(field);
  }
  return news;
}

/// When one field's values vanish from many rows at once that is one notice and not many changes.
void Fold::suppress_mass_losses(const Edition& edition, Judged& judged) {
  std::map<Column, int> lost;
  for (const auto& comparison : judged.comparisons)
    for (const auto field : comparison.vanished()) ++lost[field];
  for (const auto& [field, count] : lost) {
    if (count < rules_.field_loss_rows ||
        count <= rules_.field_loss_share * static_cast<double>(judged.groups.size()))
      continue;
    for (std::size_t i = 0; i < judged.comparisons.size(); ++i)
      if (judged.comparisons[i].vanished().contains(field)) {
        const auto member = judged.members[judged.matching.matched[i].agreement];
        keep_known(judged.comparisons[i], field, agreements_[member].facts());
      }
    notices_.push_back(
        {"mass loss", fmt::format("{} {}", to_string(edition.list), to_string(field)),
         fmt::format("{}: {} of {} lost their {} at once; what was known is kept",
                     edition.file_name, count, judged.groups.size(), to_string(field))});
  }
}

void Fold::apply(const Edition& edition, Judged& judged) {
  const auto begin = drafts_.size();
  judged.agreement_of.resize(judged.groups.size());
  for (const auto& matched : judged.matching.matched)
    judged.agreement_of[matched.group] = judged.members[matched.agreement];
  for (std::size_t i = 0; i < judged.matching.fresh.size(); ++i)
    judged.agreement_of[judged.matching.fresh[i]] = agreements_.size() + i;
  add_fresh(edition, judged);
  end_leaving(edition, judged);
  continue_matched(edition, judged);
  ask_doubts(edition, judged);
  identities_.claim(edition, judged.groups, judged.agreement_of);
  if (edition.baseline) drafts_.resize(begin);
  std::stable_sort(drafts_.begin() + static_cast<std::ptrdiff_t>(begin), drafts_.end(),
                   [](const Draft& one, const Draft& other) {
                     const auto key = [](const Change& c) {
                       return std::tie(c.kind, c.state, c.agency, c.model, c.signed_on);
                     };
                     return key(one.change) < key(other.change);
                   });
}

void Fold::add_fresh(const Edition& edition, Judged& judged) {
  for (const auto group : judged.matching.fresh) {
    const auto comparison = first_facts(judged.groups[group]);
    agreements_.emplace_back(
        std::vector{begin_version(edition, judged.groups[group], comparison, Match{})});
    const auto agreement = agreements_.size() - 1;
    Draft draft{describe(edition, ChangeKind::added, "listed", comparison.facts), agreement, {}};
    const auto relation = judged.relations.entering.find(group);
    if (relation != judged.relations.entering.end()) {
      draft.change.reason = relation->second.reason;
      draft.related = judged.members[relation->second.other];
    } else if (edition.list == List::participating) {
      draft.related = application_of(agreements_[agreement]);
    }
    drafts_.push_back(std::move(draft));
  }
}

void Fold::end_leaving(const Edition& edition, const Judged& judged) {
  for (const auto leaving : judged.matching.leaving) {
    const auto agreement = judged.members[leaving];
    auto& ending = agreements_[agreement];
    Draft draft{
        describe(edition, ChangeKind::terminated, "unlisted", ending.facts()), agreement, {}};
    const auto relation = judged.relations.leaving.find(leaving);
    if (relation != judged.relations.leaving.end()) {
      draft.change.reason = relation->second.reason;
      draft.related = judged.agreement_of[relation->second.other];
    } else if (edition.list == List::pending) {
      draft.related = signed_as(ending, edition.instant);
      if (draft.related) draft.change.reason = "signed";
    }
    ending.end(edition);
    drafts_.push_back(std::move(draft));
  }
}

void Fold::continue_matched(const Edition& edition, const Judged& judged) {
  for (std::size_t i = 0; i < judged.matching.matched.size(); ++i) {
    const auto& matched = judged.matching.matched[i];
    const auto& comparison = judged.comparisons[i];
    const auto agreement = judged.members[matched.agreement];
    auto& known = agreements_[agreement];
    const bool returns = !known.live();
    if (!returns && !comparison.printed_anew && comparison.facts == known.facts()) continue;
    if (returns || !comparison.fields.empty()) {
      auto change =
          describe(edition, returns ? ChangeKind::reinstated : ChangeKind::changed,
                   returns ? gone_for(known.ended(), edition.instant) : "", comparison.facts);
      change.fields = comparison.fields;
      change.evidence = matched.match.evidence;
      change.clerical = !returns && clerical(comparison.fields, matched.match.tier);
      drafts_.push_back({std::move(change), agreement, {}});
    }
    known.begin(begin_version(edition, judged.groups[matched.group], comparison, matched.match),
                edition);
  }
}

/// What stays ambiguous is terminated + new, both marked, and a question.
void Fold::ask_doubts(const Edition& edition, const Judged& judged) {
  for (const auto& doubt : judged.relations.doubts) {
    const auto gone = judged.members[doubt.agreement];
    const auto fresh = judged.agreement_of[doubt.group];
    for (auto& draft : drafts_)
      if (draft.change.edition_id == edition.id &&
          (draft.agreement == gone || draft.agreement == fresh)) {
        draft.change.unconfirmed = true;
        if (draft.change.evidence.empty())
          draft.change.evidence = "possibly one: " + doubt.question;
      }
    if (!edition.baseline)
      reviews_.push_back({{edition.id, edition.list, {}, doubt.question}, {gone, fresh}});
  }
}

std::optional<std::size_t> Fold::signed_as(const Agreement& application, Instant left) const {
  std::optional<std::size_t> best;
  for (std::size_t a = 0; a < agreements_.size(); ++a) {
    const auto& agreement = agreements_[a];
    if (agreement.list() != List::participating) continue;
    if (agreement.first_listed() > left || left - agreement.first_listed() > signing_window)
      continue;
    if (!same_body(application.forms().front(), agreement.forms().front(), aliases_)) continue;
    if (!best || agreements_[*best].first_listed() < agreement.first_listed()) best = a;
  }
  return best;
}

std::optional<std::size_t> Fold::application_of(const Agreement& agreement) const {
  const auto listed = agreement.first_listed();
  std::optional<std::size_t> best;
  for (std::size_t a = 0; a < agreements_.size(); ++a) {
    const auto& application = agreements_[a];
    if (application.list() != List::pending || application.live()) continue;
    if (application.ended() > listed || listed - application.ended() > signing_window) continue;
    if (!same_body(application.forms().front(), agreement.forms().front(), aliases_)) continue;
    if (signed_as(application, application.ended())) continue;  // it is another agreement's
    if (!best || agreements_[*best].ended() < application.ended()) best = a;
  }
  return best;
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
  folded.notices = std::move(notices_);
  return folded;
}

}  // namespace agreementd::tracking
