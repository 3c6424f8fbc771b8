#include "tracking/identities.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace agreementd::tracking {
namespace {

using Printed = std::tuple<std::string, std::string, std::string, std::string>;

Printed printed(const Minting& minting) {
  return {minting.state_text, minting.agency, minting.model_text, minting.signed_text};
}
Printed printed(const Listing& row) {
  return {row.state_text, row.agency, row.model_text, row.signed_text};
}

Minting minting_of(const Agreement& agreement, const std::map<Sha256, Sha256>& contents) {
  const auto& first = agreement.versions().front();
  const auto& row = first.rows.front();
  Minting minting;
  minting.list = first.list;
  minting.content = contents.at(first.from_edition);
  std::tie(minting.state_text, minting.agency, minting.model_text, minting.signed_text) =
      printed(row);
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
    const auto redirect = redirects_.find(minting.id);
    const auto held = holder.find(redirect == redirects_.end() ? minting.id : redirect->second);
    if (held != holder.end()) claims_.emplace(m, held->second);
  }
}

void Identities::claim(const Edition& edition, const std::vector<Group>& groups,
                       const std::vector<std::size_t>& agreement_of) {
  const auto [begin, end] = by_content_.equal_range({edition.list, edition.content});
  if (begin == end) return;
  std::map<Printed, std::vector<std::size_t>> groups_by_row;
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const auto& row : groups[g].rows) {
      auto& holders = groups_by_row[printed(row)];
      if (holders.empty() || holders.back() != g) holders.push_back(g);
    }
  // Two agencies of one name print one line twice: the second id minted from it is the second's.
  std::map<Printed, std::size_t> used;
  for (auto it = begin; it != end; ++it) {
    const auto row = printed(agreement_mintings_[it->second]);
    const auto holders = groups_by_row.find(row);
    if (holders == groups_by_row.end()) continue;
    const auto nth = std::min(used[row]++, holders->second.size() - 1);
    claims_.emplace(it->second, agreement_of[holders->second[nth]]);
  }
}

Identities::Claims Identities::claims_by_agreement() const {
  Claims claims;
  for (const auto& [minting, agreement] : claims_) claims[agreement].push_back(minting);
  return claims;  // ascending by minting: the one recorded first is first
}

void Identities::name_agreements(const std::vector<Agreement>& agreements,
                                 const std::map<Sha256, Sha256>& contents, Names& names) const {
  const auto claims = claims_by_agreement();
  std::set<std::string> claimed, taken;
  for (const auto& minting : agreement_mintings_) taken.insert(minting.id);
  for (const auto& [agreement, mintings] : claims)
    claimed.insert(agreement_mintings_[mintings.front()].id);
  for (std::size_t a = 0; a < agreements.size(); ++a) {
    const auto claim = claims.find(a);
    if (claim != claims.end()) {
      names.agreements.push_back(agreement_mintings_[claim->second.front()].id);
    } else if (a < prefix_ids_.size() && !claimed.contains(prefix_ids_[a])) {
      names.agreements.push_back(prefix_ids_[a]);
    } else {
      auto minting = minting_of(agreements[a], contents);
      minting.id = mint_agreement_id(minting, [&](const auto& id) { return taken.contains(id); });
      taken.insert(minting.id);
      names.agreements.push_back(minting.id);
      names.mintings.push_back(std::move(minting));
    }
    if (a < prefix_ids_.size() && names.agreements[a] != prefix_ids_[a])
      names.prefix_renamed = true;
  }
}

void Identities::name_agencies(const std::vector<std::size_t>& agency_of, Names& names) const {
  std::map<std::string, std::size_t> agreement_with;  // id -> agreement
  for (std::size_t a = 0; a < names.agreements.size(); ++a)
    agreement_with.emplace(names.agreements[a], a);
  for (const auto& [minting, agreement] : claims_)
    agreement_with.emplace(agreement_mintings_[minting].id, agreement);
  std::map<std::size_t, std::string> id_of;  // agency -> id
  std::map<std::string, std::string> now_known_as;
  for (const auto& minting : agency_mintings_) {
    const auto holder = agreement_with.find("A" + minting.id.substr(1));
    if (holder == agreement_with.end()) continue;
    const auto [id, first] = id_of.emplace(agency_of[holder->second], minting.id);
    now_known_as[minting.id] = id->second;
  }
  for (std::size_t a = 0; a < agency_of.size(); ++a) {
    const auto [id, fresh] = id_of.emplace(agency_of[a], agency_id(names.agreements[a]));
    if (fresh) {
      const auto minted =
          std::find_if(names.mintings.begin(), names.mintings.end(),
                       [&](const Minting& minting) { return minting.id == names.agreements[a]; });
      const auto known =
          std::find_if(agreement_mintings_.begin(), agreement_mintings_.end(),
                       [&](const Minting& minting) { return minting.id == names.agreements[a]; });
      Minting agency = minted != names.mintings.end() ? *minted : *known;
      agency.id = id->second;
      agency.order = 0;
      names.mintings.push_back(std::move(agency));
    }
    names.agencies.push_back(id->second);
  }
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
  name_agreements(agreements, contents, names);
  std::map<std::string, std::string> now_known_as;
  for (const auto& [minting, agreement] : claims_)
    now_known_as[agreement_mintings_[minting].id] = names.agreements[agreement];
  // An id that nobody claims follows the one it was redirected to.
  for (const auto& [from, to] : redirects_)
    if (const auto moved = now_known_as.find(to);
        moved != now_known_as.end() && moved->second != to)
      now_known_as.emplace(from, moved->second);
  redirect(names, now_known_as);
  name_agencies(agency_of, names);
  return names;
}

}  // namespace agreementd::tracking
