#include "tests/generator/score.h"

#include <algorithm>

#include <fmt/format.h>

namespace agreementd::generator {

Tally& Tally::operator+=(const Tally& other) {
  told += other.told;
  due += other.due;
  right += other.right;
  unconfirmed_wrong += other.unconfirmed_wrong;
  return *this;
}

Tally Score::total() const {
  Tally all;
  for (const auto& tally : by_kind) all += tally;
  return all;
}

Score& Score::operator+=(const Score& other) {
  for (std::size_t i = 0; i < kinds; ++i) by_kind[i] += other.by_kind[i];
  agreements += other.agreements;
  fused += other.fused;
  split += other.split;
  reviews += other.reviews;
  believed += other.believed;
  doubted += other.doubted;
  mistakes.insert(mistakes.end(), other.mistakes.begin(), other.mistakes.end());
  fused_pairs.insert(other.fused_pairs.begin(), other.fused_pairs.end());
  return *this;
}

Comparison::Comparison(const World& world, const std::vector<Imprint>& imprints,
                       const std::map<Sha256, std::size_t>& documents,
                       const tracking::Folded& folded)
    : world_(world), imprints_(imprints), documents_(documents), folded_(folded) {
  for (const auto& edition : folded.editions)
    publications_.emplace(edition.id, documents.at(edition.document));
  for (const auto& version : folded.versions) {
    begun_.emplace(Key{version.agreement_id, version.from_edition}, &version);
    if (version.to_edition)
      ended_.emplace(Key{version.agreement_id, *version.to_edition}, &version);
  }
}

std::set<std::size_t> Comparison::owners_of(const Version& version) const {
  const auto& owners = imprints_[publications_.at(version.from_edition)].owners;
  std::set<std::size_t> result;
  for (const auto& row : version.rows)
    result.insert(owners.at(static_cast<std::size_t>(row.row) - 2));
  return result;
}

/// Whose rows the version has that the edition begins, or ends.
std::size_t Comparison::owner_of(const std::string& agreement, const Sha256& edition,
                                 bool ended) const {
  const auto& version = *(ended ? ended_ : begun_).at({agreement, edition});
  const auto& owners = imprints_[publications_.at(version.from_edition)].owners;
  return owners.at(static_cast<std::size_t>(version.rows.front().row) - 2);
}

std::vector<Comparison::Told> Comparison::told() const {
  std::vector<Told> told;
  for (const auto& change : folded_.changes) tell(change, told);
  return told;
}

void Comparison::tell(const Change& change, std::vector<Told>& told) const {
  const auto publication = publications_.at(change.edition_id);
  const bool ended = change.kind == ChangeKind::terminated;
  const auto owner = owner_of(change.agreement_id, change.edition_id, ended);
  const bool pending = change.list == List::pending;
  const auto add = [&](Kind kind, std::string what = "", std::size_t other = 0) {
    told.push_back(
        {{kind, publication, owner, std::move(what), other}, change.unconfirmed, change.evidence});
  };
  if (change.kind == ChangeKind::added) add(pending ? Kind::applied : Kind::added);
  if (change.kind == ChangeKind::reinstated) add(Kind::returned);
  for (const auto& field : change.fields)
    add(kind_of(change.list, field.field), std::string(to_string(field.field)));
  if (!ended) return;
  if (change.reason == "unlisted" || (pending && change.reason != "signed")) {
    add(pending ? Kind::withdrawn : Kind::ended);
    return;
  }
  // The related agreement as it was first listed.
  std::size_t other = 0;
  for (const auto& version : folded_.versions)
    if (version.agreement_id == change.related_id) {
      other = *owners_of(version).begin() + 1;
      break;
    }
  if (pending)
    add(Kind::signed_off, "", other);
  else
    add(Kind::replaced, change.reason, other);
}

std::string Comparison::in_words(const Event& event) const {
  const auto& hidden = world_.hidden[event.owner];
  const auto& body = world_.bodies[hidden.body];
  const auto& imprint = imprints_[event.publication];
  const auto other = event.other == 0
                         ? std::string{}
                         : fmt::format(" with [{}] {}", event.other - 1,
                                       world_.bodies[world_.hidden[event.other - 1].body].name);
  return fmt::format("{} {}{} [{}] {} {} {} {} ({}{}{})", name_of(event.kind), event.what, other,
                     event.owner, body.state, body.name, hidden.model,
                     hidden.list == List::participating ? to_string(Date{hidden.signed_on}) : "",
                     imprint.file_name, imprint.mishap.empty() ? "" : ", ", imprint.mishap);
}

Score Comparison::score(const Chronicle& chronicle) const {
  Score score;
  std::map<Event, int> open;
  for (const auto& event : chronicle.events()) {
    ++open[event];
    ++score.by_kind[static_cast<std::size_t>(event.kind)].due;
  }
  for (const auto& [event, unconfirmed, words] : told()) {
    const bool how_it_ended = event.kind == Kind::signed_off || event.kind == Kind::withdrawn;
    if (how_it_ended && chronicle.unknowable().contains({event.publication, event.owner})) continue;
    auto& tally = score.by_kind[static_cast<std::size_t>(event.kind)];
    ++tally.told;
    if (const auto found = open.find(event); found != open.end() && found->second > 0) {
      ++tally.right;
      --found->second;
      continue;
    }
    tally.unconfirmed_wrong += unconfirmed ? 1 : 0;
    score.mistakes.push_back(
        fmt::format("told: {}{} {}", in_words(event), unconfirmed ? " unconfirmed" : "", words));
  }
  for (const auto& [event, count] : open)
    if (count > 0) score.mistakes.push_back("missed: " + in_words(event));
  judge_identities(score);
  judge_editions(score);
  return score;
}

void Comparison::judge_identities(Score& score) const {
  std::map<std::string, std::set<std::size_t>> held;
  std::map<std::size_t, std::set<std::string>> holders;
  for (const auto& version : folded_.versions)
    for (const auto owner : owners_of(version)) {
      held[version.agreement_id].insert(owner);
      holders[owner].insert(version.agreement_id);
    }
  score.agreements = static_cast<int>(holders.size());
  for (const auto& [id, owners] : held) {
    if (owners.size() < 2) continue;
    ++score.fused;
    score.fused_pairs.emplace(*owners.begin(), *owners.rbegin());
    std::string words = "fused:";
    for (const auto owner : owners)
      words +=
          fmt::format(" [{}] {} {} {};", owner, world_.bodies[world_.hidden[owner].body].state,
                      world_.bodies[world_.hidden[owner].body].name, world_.hidden[owner].model);
    score.mistakes.push_back(words);
  }
  for (const auto& [owner, ids] : holders) {
    if (ids.size() < 2) continue;
    ++score.split;
    score.mistakes.push_back(
        fmt::format("split: [{}] {}", owner, world_.bodies[world_.hidden[owner].body].name));
  }
  score.reviews = static_cast<int>(folded_.reviews.size());
}

void Comparison::judge_editions(Score& score) const {
  for (const auto& edition : folded_.editions) {
    const auto& imprint = imprints_[publications_.at(edition.id)];
    const bool accepted = edition.status == EditionStatus::accepted;
    if (accepted == imprint.believable) continue;
    ++(accepted ? score.believed : score.doubted);
    score.mistakes.push_back(fmt::format("{} {}: {} {}", accepted ? "believed" : "doubted",
                                         imprint.file_name, imprint.mishap, edition.reason));
  }
}

}  // namespace agreementd::generator
