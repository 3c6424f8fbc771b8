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

/// The list that a text speaks of; nothing where it speaks of neither or of both.
std::optional<List> list_named_in(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool participating = text.find("participating") != std::string::npos;
  const bool pending = text.find("pending") != std::string::npos;
  if (participating == pending) return std::nullopt;
  return participating ? List::participating : List::pending;
}

/// The list of which an edition was odd; nothing of a notice of another kind.
std::optional<List> list_that_was_odd(const Notice& notice) {
  const auto named = list_named_in(notice.subject);
  if (notice.kind == "mass loss" || !named) return named;
  if (notice.kind != "mislabelled") return std::nullopt;
  return *named == List::participating ? List::pending : List::participating;
}

/// The newest that counts; nothing where none does.
const Edition* newest_accepted(const std::vector<Edition>& editions, List list) {
  const Edition* newest = nullptr;
  for (const auto& edition : editions)
    if (edition.list == list && edition.status == EditionStatus::accepted &&
        (newest == nullptr || edition.instant > newest->instant))
      newest = &edition;
  return newest;
}

/// Whether the newest of the list is another one now.
bool is_overtaken(const std::vector<Edition>& before, const std::vector<Edition>& after,
                  List list) {
  const auto* was = newest_accepted(before, list);
  const auto* is = newest_accepted(after, list);
  return was != nullptr && (is == nullptr || is->id != was->id);
}

void close_overtaken(storage::Consequences& consequences, const StoredHistory& stored,
                     const std::vector<Edition>& editions, Instant now) {
  for (const auto& notice : consequences.notices())
    if (const auto list = list_that_was_odd(notice);
        list && is_overtaken(stored.editions, editions, *list))
      consequences.close_notice(notice.kind, notice.subject, now);
}

std::vector<Notice> notices_of_the_newest(const tracking::Folded& folded) {
  std::vector<Notice> notices;
  for (const auto& oddity : folded.oddities)
    for (const auto list : {List::participating, List::pending})
      if (const auto* newest = newest_accepted(folded.editions, list);
          newest != nullptr && newest->id == oddity.edition_id)
        notices.push_back(oddity.notice);
  return notices;
}

/// Whether an accepted edition of its list came after what was sighted.
bool is_old(const Sighting& sighting, const std::vector<Edition>& editions) {
  const auto& reading = sighting.reading;
  const auto* newest = newest_accepted(editions, reading.list);
  return newest != nullptr && std::ranges::none_of(editions, [&](const Edition& edition) {
           return edition.list == reading.list && edition.content == reading.content &&
                  edition.instant >= newest->instant;
         });
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
  close_overtaken(consequences, stored, refolded.folded.editions, now);
  return opened_of(notices_of_the_newest(refolded.folded), consequences, now);
}

std::vector<Notice> open_mislabelled(storage::Consequences& consequences,
                                     const std::vector<Sighting>& sightings,
                                     const std::vector<Edition>& editions, Instant now) {
  std::vector<Notice> mislabelled;
  for (const auto& sighting : sightings) {
    const auto named = list_named_in(sighting.file_name);
    if (!named || *named == sighting.reading.list || is_old(sighting, editions)) continue;
    mislabelled.push_back({"mislabelled", sighting.file_name,
                           fmt::format("{} is the {} list by its columns; it was read as that",
                                       sighting.file_name, to_string(sighting.reading.list))});
  }
  return opened_of(mislabelled, consequences, now);
}

}  // namespace agreementd::daemon
