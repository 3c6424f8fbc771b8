#include "daemon/history.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "daemon/folding.h"
#include "daemon/notices.h"
#include "daemon/readings.h"

namespace agreementd::daemon {
namespace {

using tracking::Arranged;

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
  if (!reading && candidate.skip_unless_list && !is_archive(candidate.bytes)) {
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
    fetch.outcome = Outcome::unreadable;
    fetch.detail = reading.error();
    report.errors.push_back(reading.error());
  }
  given.documents.push_back({document, candidate.bytes});
  given.fetches.push_back(std::move(fetch));
}

Given take_all(const std::vector<Candidate>& candidates, Readings& readings, Instant now,
               const ShowProgress& progress, ImportReport& report) {
  Given given;
  const auto total = static_cast<int>(candidates.size());
  for (int i = 0; i < total; ++i) {
    take(candidates[static_cast<std::size_t>(i)], readings, now, given, report);
    progress("Reading lists", i + 1, total);
  }
  return given;
}

/// What the import would write, folded in memory; nothing is stored.
struct Preview {
  storage::Inputs inputs;
  std::int64_t run = 0;  ///< the last before it
  StoredHistory stored;
  tracking::Refolded refolded;
};

/// Nothing where so little stands that not much can be taken back.
std::optional<Preview> preview(storage::Store& store, const Given& given, Readings& readings,
                               const ImportOptions& options, const ShowProgress& progress) {
  const auto consequences = store.begin_consequences();
  Preview preview;
  preview.inputs = read_inputs(*consequences, readings);
  preview.stored = consequences->history();
  if (preview.stored.standing.size() <= static_cast<std::size_t>(options.retraction_limit))
    return std::nullopt;
  auto& sightings = preview.inputs.sightings;
  std::set<Verdict::Subject> known;
  std::int64_t number = 0;
  for (const auto& sighting : sightings) {
    known.insert({sighting.document, sighting.file_name});
    number = std::max(number, sighting.fetch_id);
  }
  for (const auto& sighting : given.sightings)
    if (known.insert({sighting.document, sighting.file_name}).second) {
      sightings.push_back(sighting);
      sightings.back().fetch_id = ++number;
    }
  preview.run = consequences->last_run();
  preview.refolded = refold_inputs(*consequences, preview.stored, preview.inputs, readings,
                                   options.plausibility, {Cause::archive, {}, ""}, progress);
  return preview;
}

/// Nobody recorded or said anything since: inputs are only ever appended.
bool still_holds(const Preview& preview, storage::Consequences& consequences,
                 const storage::Inputs& inputs) {
  return preview.run == consequences.last_run() &&
         preview.inputs.sightings.size() == inputs.sightings.size() &&
         preview.inputs.verdicts.size() == inputs.verdicts.size() &&
         preview.inputs.decisions.size() == inputs.decisions.size();
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

/// Approved, it would count from the moment of its import, of all times.
void require_date(const Edition& edition) {
  if (edition.dating.dated_by == DatedBy::nothing)
    throw Failure(fmt::format(
        "cannot approve \"{}\": it has no date: agreementctl redate {} YYYY-MM-DD --why TEXT",
        edition.file_name, to_hex(edition.id).substr(0, 8)));
}

/// Who said what, and why: for what it takes back.
std::string in_words(const Verdict& verdict) {
  const auto* said = verdict.kind == VerdictKind::approve  ? "approved"
                     : verdict.kind == VerdictKind::reject ? "rejected"
                                                           : "redated";
  return fmt::format("{} {} an edition{}{}", verdict.by, said, verdict.why.empty() ? "" : ": ",
                     verdict.why);
}

/// The edition that has the sighting.
Sha256 holder_of(const std::vector<Arranged>& arranged, const Sighting& sighting) {
  const auto found = std::ranges::find_if(arranged, [&](const Arranged& each) {
    return std::ranges::find(each.sightings, sighting.fetch_id, &Sighting::fetch_id) !=
           each.sightings.end();
  });
  return found->edition.id;
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
                          const ShowProgress& progress) {
  ImportReport report;
  Readings readings;
  const auto now = clock.now();
  const auto given = take_all(candidates, readings, now, progress, report);
  std::optional<Preview> foreseen;
  if (!options.yes) foreseen = preview(store, given, readings, options, progress);
  if (foreseen && count_retractions(foreseen->refolded.difference) >
                      static_cast<std::size_t>(options.retraction_limit)) {
    report.refused = true;
    report.entries = std::move(foreseen->refolded.difference.entries);
    return report;
  }
  const auto evidence = store.add_evidence(given.documents, given.fetches);
  report.new_documents = evidence.documents;
  report.new_fetches = evidence.fetches;

  const auto consequences = store.begin_consequences();
  const auto inputs = read_inputs(*consequences, readings);
  if (foreseen && !still_holds(*foreseen, *consequences, inputs)) foreseen.reset();
  const auto stored = foreseen ? std::move(foreseen->stored) : consequences->history();
  auto refolded = foreseen
                      ? std::move(foreseen->refolded)
                      : refold_inputs(*consequences, stored, inputs, readings, options.plausibility,
                                      {Cause::archive, {}, ""}, progress);
  write_consequences(*consequences, stored, refolded, now);
  open_mislabelled(*consequences, given.sightings, refolded.folded.editions, now);
  consequences->commit();
  auto news = edition_news(stored, refolded.difference);
  report.new_editions = news.added;
  report.quarantined = std::move(news.quarantined);
  report.entries = std::move(refolded.difference.entries);
  return report;
}

VerdictReport give_verdict(storage::Store& store, const VerdictRequest& request, const Clock& clock,
                           const tracking::Plausibility& plausibility) {
  Readings readings;
  const auto now = clock.now();
  if (request.redated_to > now)
    throw Failure(fmt::format("cannot redate \"{}\" to {}: that is in the future", request.edition,
                              to_string(new_york_date(*request.redated_to))));
  const auto consequences = store.begin_consequences();
  const auto arranged = arrange_inputs(read_inputs(*consequences, readings));
  const auto& subject = find_edition(arranged, request.edition);
  if (request.kind == VerdictKind::approve) require_date(subject.edition);
  Verdict verdict;
  verdict.kind = request.kind;
  verdict.by = request.by;
  verdict.why = request.why;
  verdict.at = now;
  verdict.redated_to = request.redated_to;
  verdict.subjects = subjects_of(subject);
  consequences->add_verdict(verdict);

  const auto stored = consequences->history();
  tracking::Occasion occasion{Cause::verdict, {}, in_words(verdict)};
  // What a poll brought as the newest and a person accepts is news, as it would have been then.
  if (request.kind == VerdictKind::approve && tracking::came_as_newest(arranged, subject))
    occasion.polled.insert(subject.edition.id);
  const auto inputs = consequences->inputs();
  auto refolded =
      refold_inputs(*consequences, stored, inputs, readings, plausibility, std::move(occasion));
  write_consequences(*consequences, stored, refolded, now);
  consequences->commit();
  const auto edition = holder_of(arrange_inputs(inputs), subject.sightings.front());
  const auto& editions = refolded.folded.editions;
  return {*std::ranges::find(editions, edition, &Edition::id),
          std::move(refolded.difference.entries)};
}

std::vector<EditionRow> edition_sightings(storage::Store& store) {
  std::vector<EditionRow> rows;
  for (auto& arranged : arrange_inputs(store.look()->inputs()))
    rows.push_back({arranged.edition, subjects_of(arranged)});
  return rows;
}

}  // namespace agreementd::daemon
