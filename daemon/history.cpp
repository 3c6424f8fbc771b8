#include "daemon/history.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "daemon/notices.h"
#include "daemon/readings.h"
#include "parsers/dating.h"
#include "tracking/refold.h"

namespace agreementd::daemon {
namespace {

using storage::Consequences;
using tracking::Arranged;

std::vector<Arranged> arrange(const storage::Inputs& inputs) {
  std::vector<tracking::DatedSighting> dated;
  dated.reserve(inputs.sightings.size());
  for (const auto& sighting : inputs.sightings)
    dated.push_back({sighting, parsers::date_sighting(sighting)});
  return tracking::arrange(std::move(dated), inputs.verdicts);
}

/// The inputs, after documents without a reading (new ones, or those that a crash between the two
/// transactions left) were read.
storage::Inputs read_inputs(Consequences& consequences, Readings& readings) {
  auto inputs = consequences.inputs();
  if (inputs.unread.empty()) return inputs;
  std::vector<storage::DocumentReading> kept;
  for (const auto& document : inputs.unread)
    kept.push_back(kept_reading(document, readings.stored(document, consequences)));
  consequences.add_readings(kept);
  return consequences.inputs();
}

tracking::Refolded refold(Consequences& consequences, const StoredHistory& stored,
                          const std::vector<Arranged>& arranged, Readings& readings,
                          const tracking::Plausibility& rules, Cause cause) {
  const auto reader = [&](const Sha256& document) {
    const auto& reading = readings.stored(document, consequences);
    if (!reading)
      throw Failure(fmt::format("document {} was readable and is not any more: {}",
                                to_hex(document), reading.error()));
    return *reading;
  };
  return tracking::refold(stored, arranged, reader, rules, {}, {cause, {}});
}

/// Writes the difference with the notices it brings, and commits.
void write(Consequences& consequences, const StoredHistory& stored,
           const tracking::Refolded& refolded, Instant now) {
  if (!refolded.difference.empty())
    consequences.write(refolded.difference, now, tracking::rules_version);
  update_notices(consequences, stored, refolded, now);
  consequences.commit();
}

bool is_archive(std::string_view bytes) {
  return bytes.starts_with("PK") || bytes.starts_with("\xD0\xCF\x11\xE0");
}

/// The lists given, read; what is none is sorted out.
struct Given {
  std::vector<Document> documents;
  std::vector<Fetch> fetches;
  std::vector<Sighting> sightings;  ///< as they will be
};

void take(const Candidate& candidate, Readings& readings, Instant now, Given& given,
          ImportReport& report) {
  const auto document = sha256(candidate.bytes);
  const auto& reading = readings.read(document, candidate.bytes, candidate.path);
  if (!reading && candidate.from_folder && !is_archive(candidate.bytes)) {
    ++report.skipped;  // a page without a roster
    return;
  }
  Fetch fetch;
  fetch.origin = Origin::import;
  fetch.at = now;
  fetch.url = candidate.path;
  fetch.document = document;
  fetch.file_name = candidate.file_name;
  if (reading) {
    ++report.lists;
    Sighting sighting;
    sighting.document = document;
    sighting.file_name = candidate.file_name;
    sighting.seen_at = now;
    sighting.reading = summary_of(*reading);
    given.sightings.push_back(std::move(sighting));
  } else {
    // Evidence all the same: it may be readable one day.
    fetch.outcome = "unreadable";
    fetch.detail = reading.error();
    report.errors.push_back(reading.error());
  }
  given.documents.push_back({document, candidate.bytes});
  given.fetches.push_back(std::move(fetch));
}

Given take_all(const std::vector<Candidate>& candidates, Readings& readings, Instant now,
               const ImportProgress& progress, ImportReport& report) {
  Given given;
  const auto total = static_cast<int>(candidates.size());
  for (int i = 0; i < total; ++i) {
    take(candidates[static_cast<std::size_t>(i)], readings, now, given, report);
    progress(i + 1, total);
  }
  return given;
}

std::size_t count_retractions(const Difference& difference) {
  return static_cast<std::size_t>(
      std::count_if(difference.entries.begin(), difference.entries.end(),
                    [](const NewEntry& entry) { return entry.change.retracts_seq.has_value(); }));
}

/// What the import would write, folded in memory; nothing is stored.
Difference preview(storage::Store& store, const Given& given, Readings& readings,
                   const ImportOptions& options) {
  const auto consequences = store.begin_consequences();
  auto inputs = read_inputs(*consequences, readings);
  const auto stored = consequences->history();
  if (stored.standing.size() <= static_cast<std::size_t>(options.retraction_limit)) return {};
  std::set<Verdict::Subject> known;
  for (const auto& sighting : inputs.sightings)
    known.insert({sighting.document, sighting.file_name});
  for (const auto& sighting : given.sightings)
    if (known.insert({sighting.document, sighting.file_name}).second)
      inputs.sightings.push_back(sighting);
  return refold(*consequences, stored, arrange(inputs), readings, options.plausibility,
                Cause::archive)
      .difference;
}

void report_editions(const StoredHistory& stored, const Difference& difference,
                     ImportReport& report) {
  std::set<Sha256> known, quarantined;
  for (const auto& edition : stored.editions) {
    known.insert(edition.id);
    if (edition.status == EditionStatus::quarantined) quarantined.insert(edition.id);
  }
  for (const auto& edition : difference.editions) {
    report.new_editions += known.contains(edition.id) ? 0 : 1;
    if (edition.status == EditionStatus::quarantined && !quarantined.contains(edition.id))
      report.quarantined.push_back(edition);
  }
}

bool is_hex(const std::string& text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

bool is_named(const Arranged& arranged, const std::string& name) {
  return std::any_of(arranged.sightings.begin(), arranged.sightings.end(),
                     [&](const Sighting& sighting) { return sighting.file_name == name; });
}

/// The one edition that `name` (8 or more hex digits of its id, or a file name) means.
const Arranged& find_edition(const std::vector<Arranged>& arranged, const std::string& name) {
  std::string prefix = name;
  std::transform(prefix.begin(), prefix.end(), prefix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool by_id = name.size() >= 8 && is_hex(name);
  std::vector<const Arranged*> found;
  for (const auto& each : arranged)
    if (is_named(each, name) || (by_id && to_hex(each.edition.id).starts_with(prefix)))
      found.push_back(&each);
  if (found.empty())
    throw Failure(
        fmt::format("no edition \"{}\": give 8 or more hex digits of its id or its file name, as "
                    "'agreementctl editions' prints them",
                    name));
  if (found.size() > 1) {
    std::string ids;
    for (const auto* each : found) ids += ' ' + to_hex(each->edition.id).substr(0, 12);
    throw Failure(
        fmt::format("\"{}\" means {} editions: give one of the ids{}", name, found.size(), ids));
  }
  return *found.front();
}

std::vector<Verdict::Subject> subjects_of(const Arranged& arranged) {
  std::vector<Verdict::Subject> subjects;
  for (const auto& sighting : arranged.sightings)
    subjects.push_back({sighting.document, sighting.file_name});
  return subjects;
}

}  // namespace

ImportReport import_lists(storage::Store& store, const std::vector<Candidate>& candidates,
                          const ImportOptions& options, const Clock& clock,
                          const ImportProgress& progress) {
  ImportReport report;
  Readings readings;
  const auto now = clock.now();
  const auto given = take_all(candidates, readings, now, progress, report);
  if (!options.yes) {
    auto difference = preview(store, given, readings, options);
    if (count_retractions(difference) > static_cast<std::size_t>(options.retraction_limit)) {
      report.refused = true;
      report.entries = std::move(difference.entries);
      return report;
    }
  }
  const auto evidence = store.add_evidence(given.documents, given.fetches);
  report.new_documents = evidence.documents;
  report.new_fetches = evidence.fetches;

  const auto consequences = store.begin_consequences();
  const auto inputs = read_inputs(*consequences, readings);
  const auto stored = consequences->history();
  auto refolded = refold(*consequences, stored, arrange(inputs), readings, options.plausibility,
                         Cause::archive);
  open_mislabelled(*consequences, given.sightings, now);
  write(*consequences, stored, refolded, now);
  report_editions(stored, refolded.difference, report);
  report.entries = std::move(refolded.difference.entries);
  return report;
}

VerdictReport give_verdict(storage::Store& store, const std::string& edition, VerdictKind kind,
                           const std::string& by, const std::string& why, const Clock& clock,
                           const tracking::Plausibility& plausibility) {
  Readings readings;
  const auto now = clock.now();
  const auto consequences = store.begin_consequences();
  const auto arranged = arrange(read_inputs(*consequences, readings));
  const auto& subject = find_edition(arranged, edition);
  Verdict verdict;
  verdict.kind = kind;
  verdict.by = by;
  verdict.why = why;
  verdict.at = now;
  verdict.subjects = subjects_of(subject);
  consequences->add_verdict(verdict);

  const auto stored = consequences->history();
  auto refolded = refold(*consequences, stored, arrange(consequences->inputs()), readings,
                         plausibility, Cause::verdict);
  write(*consequences, stored, refolded, now);
  const auto& editions = refolded.folded.editions;
  const auto after = std::find_if(editions.begin(), editions.end(), [&](const Edition& each) {
    return each.id == subject.edition.id;
  });
  return {*after, std::move(refolded.difference.entries)};
}

std::vector<EditionRow> edition_sightings(storage::Store& store) {
  std::vector<EditionRow> rows;
  for (auto& arranged : arrange(store.inputs()))
    rows.push_back({arranged.edition, subjects_of(arranged)});
  return rows;
}

}  // namespace agreementd::daemon
