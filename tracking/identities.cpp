#include "tracking/identities.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "tracking/diff.h"

namespace agreementd::tracking {
namespace {

using Printed = std::tuple<std::string, std::string, std::string, std::string>;

Printed printed(const Minting& minting) {
  return {minting.state_text, minting.agency, minting.model_text, minting.signed_text};
}
Printed printed(const Listing& row) {
  return {row.state_text, row.agency, row.model_text, row.signed_text};
}

/// The same with what tells apart two agencies of one name.
using Whole = std::pair<std::string, std::string>;
Whole whole(const Minting& minting) { return {minting.county, minting.moa_url}; }
Whole whole(const Listing& row) { return {row.county, row.moa_url}; }

/// A group that prints a line.
struct Holder {
  std::size_t group = 0;
  Whole line;
};

Minting minting_of(const Agreement& agreement, const std::map<Sha256, Sha256>& contents) {
  const auto& first = agreement.versions().front();
  const auto& row = first.rows.front();
  Minting minting;
  minting.list = first.list;
  minting.content = contents.at(first.from_edition);
  std::tie(minting.state_text, minting.agency, minting.model_text, minting.signed_text) =
      printed(row);
  minting.county = row.county;
  minting.moa_url = row.moa_url;
  return minting;
}

std::string agency_id(const std::string& agreement_id) { return "G" + agreement_id.substr(1); }

}  // namespace

Identities::Identities(const StoredHistory& stored, const std::vector<Edition>& prefix,
                       std::vector<std::string> ids, std::vector<std::string> agencies)
    : prefix_ids_(std::move(ids)), prefix_agencies_(std::move(agencies)) {
  for (const auto& minting : stored.mintings)
    (minting.id.starts_with('G') ? agency_mintings_ : agreement_mintings_).push_back(minting);
  for (const auto& redirect : stored.redirects) redirects_.emplace(redirect.from, redirect.to);
  std::set<std::pair<List, Sha256>> folded;
  for (const auto& edition : prefix)
    if (edition.status == EditionStatus::accepted) folded.emplace(edition.list, edition.content);
  std::map<std::string, std::size_t> holder;
  for (std::size_t a = 0; a < prefix_ids_.size(); ++a) holder.emplace(prefix_ids_[a], a);
  for (std::size_t m = 0; m < agreement_mintings_.size(); ++m) {
    const auto& minting = agreement_mintings_[m];
    by_content_.emplace(std::pair(minting.list, minting.content), m);
    if (!folded.contains({minting.list, minting.content})) continue;
    const auto held = holder.find(known_as(minting.id));
    if (held != holder.end()) claims_.emplace(m, held->second);
  }
  remember(stored);
}

void Identities::remember(const StoredHistory& stored) {
  std::vector<const Version*> versions;
  for (const auto& [version_id, version] : stored.versions) versions.push_back(&version);
  std::sort(versions.begin(), versions.end(), [](const Version* one, const Version* other) {
    return std::tie(one->from, one->agreement_id) < std::tie(other->from, other->agreement_id);
  });
  const std::set<std::string> in_prefix(prefix_ids_.begin(), prefix_ids_.end());
  for (const auto* version : versions) {
    const auto& agreement = known_as(version->agreement_id);
    members_[known_as(version->agency_id)].push_back(agreement);
    if (!in_prefix.contains(agreement)) held_[agreement].push_back(held(*version));
  }
}

const std::string& Identities::known_as(const std::string& id) const {
  const auto redirect = redirects_.find(id);
  return redirect == redirects_.end() ? id : redirect->second;
}

void Identities::claim(const Edition& edition, const std::vector<Group>& groups,
                       const std::vector<std::size_t>& agreement_of) {
  const auto [begin, end] = by_content_.equal_range({edition.list, edition.content});
  if (begin == end) return;
  // Ids are made from the row that gives the facts: its group comes first.
  std::map<Printed, std::vector<Holder>> by_row;
  for (std::size_t g = 0; g < groups.size(); ++g)
    by_row[printed(first_facts(groups[g]).representative)].push_back(
        {g, whole(first_facts(groups[g]).representative)});
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const auto& row : groups[g].rows) by_row[printed(row)].push_back({g, whole(row)});
  // Each id takes a group that has its very line, if there is one, and one that no other took, as
  // long as there is one: groups may have become one, and their ids with them.
  std::set<std::size_t> taken;
  for (const auto& [exactly, free] : {std::pair(true, true), std::pair(false, true),
                                      std::pair(true, false), std::pair(false, false)})
    for (auto it = begin; it != end; ++it) {
      const auto& minting = agreement_mintings_[it->second];
      const auto holders = by_row.find(printed(minting));
      if (holders == by_row.end() || claims_.contains(it->second)) continue;
      for (const auto& [group, line] : holders->second) {
        if ((free && taken.contains(group)) || (exactly && line != whole(minting))) continue;
        taken.insert(group);
        claims_.emplace(it->second, agreement_of[group]);
        break;
      }
    }
}

/// Ids whose agreement was, before this fold, believed to hold rows that another agreement holds
/// now.
void Identities::claim_remembered(const std::vector<Agreement>& agreements, Claims& claims) const {
  std::optional<Holdings> holdings;
  for (std::size_t m = 0; m < agreement_mintings_.size(); ++m) {
    const auto before = held_.find(agreement_mintings_[m].id);
    if (claims.contains(m) || before == held_.end()) continue;
    if (!holdings) holdings.emplace(agreements);  // an ordinary run never needs them
    for (const auto& held : before->second)
      if (const auto holder = holdings->find(held)) {
        claims.emplace(m, *holder);
        break;
      }
  }
}

/// Ids of listings that are printed again by an agreement that has no id yet.
void Identities::claim_reprinted(const std::vector<Agreement>& agreements, Claims& claims) const {
  std::set<std::size_t> named;
  for (const auto& [minting, agreement] : claims) named.insert(agreement);
  std::map<std::pair<List, Printed>, std::set<std::pair<Instant, std::size_t>>> nameless;
  for (std::size_t a = 0; a < agreements.size(); ++a)
    if (!named.contains(a))
      for (const auto& version : agreements[a].versions())
        for (const auto& row : version.rows)
          nameless[{version.list, printed(row)}].emplace(version.from, a);
  for (std::size_t m = 0; m < agreement_mintings_.size(); ++m) {
    const auto& minting = agreement_mintings_[m];
    if (claims.contains(m) || redirects_.contains(minting.id)) continue;
    const auto found = nameless.find({minting.list, printed(minting)});
    if (found == nameless.end()) continue;
    for (const auto& [from, agreement] : found->second)
      if (named.insert(agreement).second) {
        claims.emplace(m, agreement);
        break;
      }
  }
}

Identities::Claims Identities::all_claims(const std::vector<Agreement>& agreements) const {
  auto claims = claims_;
  std::map<std::string, std::size_t> prefix;
  for (std::size_t a = 0; a < prefix_ids_.size(); ++a) prefix.emplace(prefix_ids_[a], a);
  for (std::size_t m = 0; m < agreement_mintings_.size(); ++m)
    if (const auto holder = prefix.find(agreement_mintings_[m].id); holder != prefix.end())
      claims.emplace(m, holder->second);
  claim_remembered(agreements, claims);
  claim_reprinted(agreements, claims);
  return claims;
}

void Identities::name_agreements(const std::vector<Agreement>& agreements, const Claims& claims,
                                 const std::map<Sha256, Sha256>& contents, Names& names) const {
  std::map<std::size_t, std::string> id_of;  // the one recorded first: mintings are in that order
  for (const auto& [minting, agreement] : claims)
    id_of.emplace(agreement, agreement_mintings_[minting].id);
  std::set<std::string> taken;
  for (const auto& minting : agreement_mintings_) taken.insert(minting.id);
  for (std::size_t a = 0; a < agreements.size(); ++a) {
    const auto [id, fresh] = id_of.emplace(a, "");
    if (fresh) {
      auto minting = minting_of(agreements[a], contents);
      minting.id =
          mint_agreement_id(minting, [&](const auto& used) { return taken.contains(used); });
      taken.insert(minting.id);
      id->second = minting.id;
      names.mintings.push_back(std::move(minting));
    }
    names.agreements.push_back(id->second);
    if (a < prefix_ids_.size() && id->second != prefix_ids_[a]) names.prefix_renamed = true;
  }
}

void Identities::name_agencies(const std::vector<std::size_t>& agency_of, const Claims& claims,
                               Names& names) const {
  std::map<std::string, std::size_t> agreement_with;  // id -> agreement
  for (std::size_t a = 0; a < names.agreements.size(); ++a)
    agreement_with.emplace(names.agreements[a], a);
  for (const auto& [minting, agreement] : claims)
    agreement_with.emplace(agreement_mintings_[minting].id, agreement);
  // An agency is where the agreement is that its id was made from; if that is gone, where the first
  // of those is that were its.
  const auto agency_with = [&](const std::string& id) -> std::optional<std::size_t> {
    std::vector<std::string> candidates{"A" + id.substr(1)};
    if (const auto members = members_.find(id); members != members_.end())
      candidates.insert(candidates.end(), members->second.begin(), members->second.end());
    for (const auto& candidate : candidates)
      if (const auto found = agreement_with.find(candidate); found != agreement_with.end())
        return agency_of[found->second];
    return std::nullopt;
  };
  std::map<std::size_t, std::string> id_of;  // agency -> id
  std::map<std::string, std::string> now_known_as;
  for (const auto& minting : agency_mintings_) {
    const auto agency = agency_with(minting.id);
    if (agency) now_known_as[minting.id] = id_of.emplace(*agency, minting.id).first->second;
  }
  std::map<std::string, const Minting*> minting_with;
  for (const auto& minting : agreement_mintings_) minting_with.emplace(minting.id, &minting);
  for (const auto& minting : names.mintings) minting_with.emplace(minting.id, &minting);
  std::vector<Minting> minted;
  for (std::size_t a = 0; a < agency_of.size(); ++a) {
    const auto [id, fresh] = id_of.emplace(agency_of[a], agency_id(names.agreements[a]));
    if (fresh) {
      minted.push_back(*minting_with.at(names.agreements[a]));
      minted.back().id = id->second;
      minted.back().order = 0;
    }
    names.agencies.push_back(id->second);
  }
  names.mintings.insert(names.mintings.end(), minted.begin(), minted.end());
  redirect(names, now_known_as);
  for (std::size_t a = 0; a < prefix_agencies_.size(); ++a) {
    const auto successor = now_known_as.find(prefix_agencies_[a]);
    const auto& now = successor == now_known_as.end() ? prefix_agencies_[a] : successor->second;
    if (now != names.agencies[a]) names.prefix_renamed = true;
  }
}

void Identities::redirect(Names& names,
                          const std::map<std::string, std::string>& now_known_as) const {
  for (const auto& [from, to] : now_known_as) {
    const auto known = redirects_.find(from);
    const std::string before = known == redirects_.end() ? from : known->second;
    if (before != to) names.redirects.push_back({from, to == from ? "" : to});
  }
}

Identities::Names Identities::name(const std::vector<Agreement>& agreements,
                                   const std::vector<std::size_t>& agency_of,
                                   const std::map<Sha256, Sha256>& contents) const {
  Names names;
  const auto claims = all_claims(agreements);
  name_agreements(agreements, claims, contents, names);
  std::map<std::string, std::string> now_known_as;
  for (const auto& [minting, agreement] : claims)
    now_known_as[agreement_mintings_[minting].id] = names.agreements[agreement];
  // An id that nobody claims follows the one it was redirected to.
  for (const auto& [from, to] : redirects_)
    if (const auto moved = now_known_as.find(to);
        moved != now_known_as.end() && moved->second != to)
      now_known_as.emplace(from, moved->second);
  redirect(names, now_known_as);
  name_agencies(agency_of, claims, names);
  return names;
}

}  // namespace agreementd::tracking
