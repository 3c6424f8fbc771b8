#include "daemon/notices.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

std::string short_id(const Sha256& edition) { return to_hex(edition).substr(0, 8); }

std::string advice_on(const Edition& edition) {
  const auto id = short_id(edition.id);
  if (edition.dating.dated_by == DatedBy::nothing)
    return fmt::format("Look at it, then: agreementctl redate {} DATE --why or reject {} --why", id,
                       id);
  return fmt::format("Look at it, then: agreementctl approve {} or reject {} --why", id, id);
}

/// The list that a file name speaks of; nothing where it speaks of neither or of both.
std::optional<List> list_in_name(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool participating = name.find("participating") != std::string::npos;
  const bool pending = name.find("pending") != std::string::npos;
  if (participating == pending) return std::nullopt;
  return participating ? List::participating : List::pending;
}

/// Opens them; those that were open are left out of the answer.
std::vector<Notice> opened_of(const std::vector<Notice>& notices,
                              storage::Consequences& consequences, Instant now) {
  std::vector<Notice> opened;
  for (const auto& notice : notices)
    if (consequences.open_notice(notice, now)) opened.push_back(notice);
  return opened;
}

}  // namespace

std::vector<Notice> update_notices(storage::Consequences& consequences, const StoredHistory& stored,
                                   const tracking::Refolded& refolded, Instant now) {
  std::map<Sha256, EditionStatus> before, after;
  for (const auto& edition : stored.editions) before[edition.id] = edition.status;
  for (const auto& edition : refolded.folded.editions) after[edition.id] = edition.status;
  const auto is = [](const auto& statuses, const Sha256& id) {
    const auto found = statuses.find(id);
    return found != statuses.end() && found->second == EditionStatus::quarantined;
  };
  for (const auto& edition : refolded.folded.editions)
    if (is(after, edition.id) && !is(before, edition.id))
      consequences.open_notice(
          {"quarantined", short_id(edition.id),
           fmt::format("{}: {}. {}",
                       edition.file_name.empty() ? "a list without a name" : edition.file_name,
                       edition.reason, advice_on(edition))},
          now);
  for (const auto& [id, status] : before)
    if (status == EditionStatus::quarantined && !is(after, id))
      consequences.close_notice("quarantined", short_id(id), now);
  if (refolded.difference.editions.empty()) return {};
  return opened_of(refolded.folded.notices, consequences, now);
}

std::vector<Notice> open_mislabelled(storage::Consequences& consequences,
                                     const std::vector<Sighting>& sightings, Instant now) {
  std::vector<Notice> mislabelled;
  for (const auto& sighting : sightings) {
    const auto named = list_in_name(sighting.file_name);
    if (!named || *named == sighting.reading.list) continue;
    mislabelled.push_back({"mislabelled", sighting.file_name,
                           fmt::format("{} is the {} list by its columns; it was read as that",
                                       sighting.file_name, to_string(sighting.reading.list))});
  }
  return opened_of(mislabelled, consequences, now);
}

}  // namespace agreementd::daemon
