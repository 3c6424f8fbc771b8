#include "memory.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "lists.h"

namespace agreementd::testing {
namespace {

std::string facts_text(const Facts& facts) {
  return facts.state + "|" + facts.agency + "|" + facts.agency_type + "|" + facts.county + "|" +
         facts.model + "|" + (facts.signed_on ? to_string(*facts.signed_on) : facts.signed_text) +
         "|" + std::string(to_string(facts.moa_status)) + "|" + facts.moa_url;
}

}  // namespace

Difference Memory::add(const std::vector<Publication>& publications) {
  for (const auto& publication : publications) {
    Sighting sighting;
    sighting.fetch_id = static_cast<std::int64_t>(sightings_.size()) + 1;
    sighting.file_name = publication.name;
    sighting.document = sha256(publication.name + to_hex(publication.reading.content));
    sighting.reading = {publication.reading.list, publication.reading.content, std::nullopt,
                        static_cast<int>(publication.reading.listings.size())};
    readings_[sighting.document] = publication.reading;
    const auto at = new_york_instant(*parse_date(publication.day),
                                     std::chrono::minutes{9 * 60 + publication.slot});
    sightings_.push_back({sighting, {at, DatedBy::file_name, std::nullopt}});
  }
  return run(Cause::archive);
}

Difference Memory::verdict(VerdictKind kind, const std::string& file_name) {
  Verdict verdict;
  verdict.verdict_id = static_cast<std::int64_t>(verdicts_.size()) + 1;
  verdict.kind = kind;
  verdict.why = "said so";
  for (const auto& dated : sightings_)
    if (dated.sighting.file_name == file_name)
      verdict.subjects.push_back({dated.sighting.document, file_name});
  if (verdict.subjects.empty()) throw std::logic_error("no sighting " + file_name);
  verdicts_.push_back(verdict);
  return run(Cause::verdict);
}

Difference Memory::decide(DecisionKind kind, const std::string& one, const std::string& other,
                          List list) {
  rules_.decisions.push_back(
      decision(kind, one, other, static_cast<std::int64_t>(rules_.decisions.size()) + 1, list));
  return run(Cause::decision);
}

Difference Memory::rebuilt() const {
  tracking::Fold fold(stored_, {}, rules_);
  for (const auto& arranged : tracking::arrange(sightings_, verdicts_))
    fold.step(arranged.edition, readings_.at(arranged.edition.document));
  return tracking::reconcile(stored_, fold.finish(), {Cause::rebuild, {}});
}

Difference Memory::run(Cause cause) {
  const auto arranged = tracking::arrange(sightings_, verdicts_);
  auto refolded = tracking::refold(stored_, arranged,
                                   [&](std::size_t number) -> const Reading& {
                                     return readings_.at(arranged[number].edition.document);
                                   },
                                   rules_, {cause, {}});
  apply(refolded.difference);
  return refolded.difference;
}

void Memory::apply(const Difference& difference) {
  for (const auto& id : difference.closed_editions)
    std::erase_if(stored_.editions, [&](const Edition& edition) { return edition.id == id; });
  stored_.editions.insert(stored_.editions.end(), difference.editions.begin(),
                          difference.editions.end());
  const std::set<std::int64_t> closed(difference.closed_versions.begin(),
                                      difference.closed_versions.end());
  std::erase_if(stored_.versions, [&](const auto& v) { return closed.contains(v.version_id); });
  for (const auto& version : difference.versions)
    stored_.versions.push_back({next_version_++, version});
  for (const auto& entry : difference.entries) {
    const auto seq = static_cast<std::int64_t>(log_.size()) + 1;
    log_.push_back({seq, Instant{}, entry.cause, entry.change});
    if (entry.change.retracts_seq)
      std::erase_if(stored_.standing,
                    [&](const Entry& e) { return e.seq == *entry.change.retracts_seq; });
    else
      stored_.standing.push_back(log_.back());
  }
  for (auto minting : difference.mintings) {
    minting.order = static_cast<std::int64_t>(stored_.mintings.size()) + 1;
    stored_.mintings.push_back(minting);
  }
  for (const auto& redirect : difference.redirects) {
    std::erase_if(stored_.redirects, [&](const Redirect& r) { return r.from == redirect.from; });
    if (!redirect.to.empty()) stored_.redirects.push_back(redirect);
  }
  for (const auto& review : difference.closed_reviews) std::erase(stored_.reviews, review);
  stored_.reviews.insert(stored_.reviews.end(), difference.reviews.begin(),
                         difference.reviews.end());
}

std::string Memory::known_as(const std::string& id) const {
  for (const auto& redirect : stored_.redirects)
    if (redirect.from == id) return redirect.to;
  return id;
}

std::vector<std::string> Memory::story() const {
  // An agreement is named by its first version, an agency by its agreements.
  std::map<std::string, std::string> agreement, agency;
  std::map<std::string, std::set<std::string>> members;
  auto versions = stored_.versions;
  std::sort(versions.begin(), versions.end(), [](const auto& one, const auto& other) {
    return one.version.from < other.version.from;
  });
  for (const auto& [id, version] : versions)
    agreement.emplace(known_as(version.agreement_id),
                      to_string(version.from) + facts_text(version.facts));
  for (const auto& [id, version] : versions)
    members[known_as(version.agency_id)].insert(agreement.at(known_as(version.agreement_id)));
  for (const auto& [id, names] : members) agency[id] = *names.begin();
  return lines([&](const std::string& id) { return id.empty() ? "" : agreement.at(known_as(id)); },
               [&](const std::string& id) { return agency.at(known_as(id)); });
}

std::vector<std::string> Memory::ids() const {
  const auto known = [this](const std::string& id) { return known_as(id); };
  return lines(known, known);
}

std::vector<std::string> Memory::lines(const Naming& agreement, const Naming& agency) const {
  std::vector<std::string> lines;
  for (const auto& [id, v] : stored_.versions)
    lines.push_back("version " + agreement(v.agreement_id) + " of " + agency(v.agency_id) + " " +
                    to_string(v.from) + " - " + (v.to ? to_string(*v.to) : "") + " " +
                    facts_text(v.facts) + " " + std::to_string(v.rows.size()) + " " +
                    std::to_string(v.match.tier) + v.match.evidence);
  for (const auto& entry : stored_.standing)
    lines.push_back("change " + to_string(entry.change.effective_date) + " " +
                    describe(entry.change) + " of " + agreement(entry.change.agreement_id) +
                    " at " + agency(entry.change.agency_id) + " related " +
                    agreement(entry.change.related_id) + entry.change.evidence);
  for (const auto& edition : stored_.editions)
    lines.push_back("edition " + to_string(edition.instant) + " " + edition.file_name + " " +
                    std::string(to_string(edition.status)) + " " + edition.reason);
  for (const auto& review : stored_.reviews) lines.push_back("review " + review.question);
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace agreementd::testing
