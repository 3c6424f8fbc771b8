// What an accepted edition changes.
#include <algorithm>
#include <chrono>
#include <tuple>

#include <fmt/format.h>

#include "tracking/fold.h"

namespace agreementd::tracking {
namespace {

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

/// Said of an application and its agreement where their names are not one; else empty.
std::string under_another_name(const Agreement& application, const Agreement& agreement) {
  const auto& applied = application.forms().front().name.key;
  const auto& listed = agreement.forms().front().name.key;
  return applied == listed ? ""
                           : fmt::format("applied for as {}, listed as {}",
                                         application.facts().agency, agreement.facts().agency);
}

/// Clerical: nothing but the way the name or the type is written.
bool clerical(const std::vector<FieldChange>& fields, int tier) {
  return std::all_of(fields.begin(), fields.end(), [&](const FieldChange& change) {
    return change.field == Column::agency_type ||
           (change.field == Column::agency && (tier == 1 || tier == 4));
  });
}

/// Values of a field in an edition, of those that were known.
struct Losses {
  int known = 0;
  int vanished = 0;       ///< with this edition
  int still_missing = 0;  ///< before it already
};

/// In an edition after a loss, when most are missing still, one more is part of it.
bool is_mass_loss(const Losses& losses, const Plausibility& rules) {
  const bool goes_on = 2 * losses.still_missing > losses.known;
  const int lost = losses.vanished + (goes_on ? losses.still_missing : 0);
  return losses.vanished > 0 && lost >= rules.field_loss_rows &&
         lost > rules.field_loss_share * losses.known;
}

}  // namespace

/// When one field's values vanish from many rows at once that is one notice and not many changes.
void Fold::suppress_mass_losses(const Edition& edition, Judged& judged) {
  std::map<Column, Losses> losses;
  for (const auto& comparison : judged.comparisons) {
    for (const auto field : comparison.known) ++losses[field].known;
    for (const auto field : comparison.vanished()) ++losses[field].vanished;
    for (const auto field : comparison.still_missing) ++losses[field].still_missing;
  }
  const bool links = is_mass_loss(losses[Column::moa], rules_.plausibility);
  for (const auto& [field, loss] : losses) {
    // Few rows have an addendum: it goes as the links go, and that is one loss.
    const bool as_links = links && field == Column::addendum;
    if (!as_links && !is_mass_loss(loss, rules_.plausibility)) continue;
    keep_lost(judged, field);
    if (as_links) continue;
    oddities_.push_back(
        {edition.id,
         {"mass loss", fmt::format("{} {}", to_string(edition.list), to_string(field)),
          fmt::format("{}: {} of {} lost their {} at once; what was known is kept",
                      edition.file_name, loss.vanished, loss.known, to_string(field))}});
  }
}

void Fold::keep_lost(Judged& judged, Column field) const {
  for (std::size_t i = 0; i < judged.comparisons.size(); ++i)
    if (judged.comparisons[i].vanished().contains(field)) {
      const auto member = judged.members[judged.matching.matched[i].agreement];
      keep_known(judged.comparisons[i], field, agreements_[member].facts());
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
  for (const auto agreement : judged.agreement_of) learn_columns(agreements_[agreement].last());
  ask_doubts(edition, judged);
  cite_decisions(edition, judged);
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
      draft.change.evidence = relation->second.evidence;
      draft.related = judged.members[relation->second.other];
    } else if (edition.list == List::participating) {
      draft.related = application_of(agreements_[agreement], record());
      if (draft.related)
        draft.change.evidence =
            under_another_name(agreements_[*draft.related], agreements_[agreement]);
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
    if (const auto signing = judged.signings.find(leaving); signing != judged.signings.end()) {
      draft.change.reason = "signed";
      draft.change.evidence = under_another_name(ending, agreements_[signing->second]);
      draft.related = signing->second;
    } else if (relation != judged.relations.leaving.end()) {
      draft.change.reason = relation->second.reason;
      draft.change.evidence = relation->second.evidence;
      draft.related = judged.agreement_of[relation->second.other];
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
          (draft.agreement == gone || (draft.agreement == fresh && !doubt.stays))) {
        draft.change.unconfirmed = true;
        if (draft.change.evidence.empty())
          draft.change.evidence = "possibly one: " + doubt.question;
      }
    if (edition.baseline) continue;
    OpenReview open;
    open.review.edition_id = edition.id;
    open.review.list = edition.list;
    open.review.question = doubt.question;
    open.candidates = {gone, fresh};
    reviews_.push_back(std::move(open));
  }
}

/// Where one leaves as another enters because a person said that they are two, both say so.
void Fold::cite_decisions(const Edition& edition, const Judged& judged) {
  for (const auto leaving : judged.matching.leaving)
    for (const auto group : judged.matching.fresh) {
      const auto gone = judged.members[leaving];
      const auto* decision =
          decisions_.at(edition.list).apart(agreements_[gone], judged.groups[group]);
      if (decision == nullptr) continue;
      for (auto& draft : drafts_)
        if (draft.change.edition_id == edition.id &&
            (draft.agreement == gone || draft.agreement == judged.agreement_of[group]))
          draft.change.evidence = in_words(*decision);
    }
}

}  // namespace agreementd::tracking
