#include "daemon/folding.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "daemon/notices.h"
#include "parsers/dating.h"

namespace agreementd::daemon {

using storage::Consequences;
using tracking::Arranged;

/// How many editions are read at once, with the one to be folded.
constexpr std::size_t ahead = 3;

storage::Inputs read_inputs(Consequences& consequences, Readings& readings) {
  auto inputs = consequences.inputs();
  if (inputs.unread.empty()) return inputs;
  std::vector<storage::DocumentReading> kept;
  for (const auto& document : inputs.unread)
    kept.push_back(kept_reading(document, readings.stored(document, consequences)));
  consequences.add_readings(kept);
  return consequences.inputs();
}

std::vector<Arranged> arrange_inputs(const storage::Inputs& inputs) {
  std::vector<tracking::DatedSighting> dated;
  dated.reserve(inputs.sightings.size());
  for (const auto& sighting : inputs.sightings)
    dated.push_back({sighting, parsers::date_sighting(sighting)});
  return tracking::arrange(std::move(dated), inputs.verdicts);
}

tracking::Refolded refold_inputs(storage::Records& records, const StoredHistory& stored,
                                 const storage::Inputs& inputs, Readings& readings,
                                 const tracking::Plausibility& plausibility,
                                 tracking::Occasion occasion, const ShowProgress& progress) {
  const auto arranged = arrange_inputs(inputs);
  const auto reader = [&](std::size_t number) -> const Reading& {
    progress("Folding", int(number), int(arranged.size()));
    // The next is read while this one is folded.
    for (auto next = number; next < std::min(number + ahead, arranged.size()); ++next)
      readings.begin(arranged[next].edition.document, records);
    const auto& document = arranged[number].edition.document;
    const auto& reading = readings.stored(document, records);
    if (!reading)
      throw Failure(fmt::format("document {} was readable and is not any more: {}",
                                to_hex(document), reading.error()));
    return *reading;
  };
  occasion.polled.merge(tracking::polled_news(arranged, stored.editions));
  const tracking::Rules rules{plausibility, tracking::read_aliases(tracking::shipped_aliases()),
                              inputs.decisions};
  return tracking::refold(stored, arranged, reader, rules, occasion);
}

std::vector<Notice> write_consequences(Consequences& consequences, const StoredHistory& stored,
                                       const tracking::Refolded& refolded, Instant now) {
  if (!refolded.difference.empty())
    consequences.write(refolded.difference, now,
                       {tracking::rules_version, sha256(tracking::shipped_aliases())});
  auto opened = update_notices(consequences, stored, refolded, now);
  consequences.settle();
  return opened;
}

std::size_t count_retractions(const Difference& difference) {
  return static_cast<std::size_t>(
      std::count_if(difference.entries.begin(), difference.entries.end(),
                    [](const NewEntry& entry) { return entry.change.retracts_seq.has_value(); }));
}

EditionNews edition_news(const StoredHistory& stored, const Difference& difference) {
  EditionNews news;
  std::set<Sha256> known, quarantined;
  for (const auto& edition : stored.editions) {
    known.insert(edition.id);
    if (edition.status == EditionStatus::quarantined) quarantined.insert(edition.id);
  }
  for (const auto& edition : difference.editions) {
    news.added += known.contains(edition.id) ? 0 : 1;
    if (edition.status == EditionStatus::quarantined && !quarantined.contains(edition.id))
      news.quarantined.push_back(edition);
  }
  return news;
}

}  // namespace agreementd::daemon
