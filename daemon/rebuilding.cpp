#include "daemon/rebuilding.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "daemon/folding.h"
#include "daemon/report_text.h"
#include "parsers/list.h"

namespace agreementd::daemon {
namespace {

using storage::Consequences;
using storage::DocumentReading;
using storage::Records;

constexpr auto reading_documents = "Reading documents";

std::size_t read_again(Consequences& consequences, Readings& readings,
                       const ShowProgress& progress) {
  auto older = consequences.readings();
  std::erase_if(older, [](const DocumentReading& known) {
    return known.reading_version >= parsers::reading_version;
  });
  std::vector<DocumentReading> better;
  for (const auto& known : older) {
    better.push_back(kept_reading(known.document, readings.stored(known.document, consequences)));
    progress(reading_documents, int(better.size()), int(older.size()));
  }
  consequences.add_readings(better);
  return better.size();
}

bool same(const DocumentReading& one, const DocumentReading& other) {
  if (one.summary.has_value() != other.summary.has_value()) return false;
  return !one.summary || (one.summary->list == other.summary->list &&
                          one.summary->content == other.summary->content &&
                          one.summary->saved_at == other.summary->saved_at &&
                          one.summary->row_count == other.summary->row_count);
}

std::optional<std::string> fault_in_readings(Records& records, Readings& readings,
                                             const ShowProgress& progress) {
  const auto all = records.readings();
  int done = 0;
  for (const auto& known : all) {
    progress(reading_documents, done++, int(all.size()));
    const auto now = kept_reading(known.document, readings.stored(known.document, records));
    if (same(known, now)) continue;
    const bool older = known.reading_version < parsers::reading_version;
    return fmt::format("document {} is not read as it was{}", to_hex(known.document),
                       older ? ", by older parsers: agreementctl rebuild --dry-run shows what they "
                               "made of it"
                             : "");
  }
  return std::nullopt;
}

/// What the fold would write first, in words.
std::string first_of(const Difference& difference, const StoredHistory& stored) {
  if (!difference.editions.empty()) return "the " + edition_name(difference.editions.front());
  if (!difference.closed_editions.empty())
    return "edition " + short_id(difference.closed_editions.front());
  if (!difference.closed_versions.empty()) {
    const auto id = difference.closed_versions.front();
    const auto found = std::ranges::find(stored.versions, id, &StoredVersion::version_id);
    return fmt::format("version {} of {}", id,
                       found == stored.versions.end() ? "?" : found->version.agreement_id);
  }
  if (!difference.versions.empty())
    return fmt::format("a version of {}, which is missing",
                       difference.versions.front().agreement_id);
  if (!difference.entries.empty())
    return "an entry: " + change_line(difference.entries.front().change);
  if (!difference.reviews.empty() || !difference.closed_reviews.empty()) return "the open reviews";
  return "an id that was given out, or a redirect";
}

tracking::Refolded fold_all(Records& records, const StoredHistory& stored, Readings& readings,
                            const tracking::Plausibility& plausibility,
                            const ShowProgress& progress) {
  return refold_inputs(records, stored, records.inputs(), readings, plausibility,
                       {Cause::rebuild, {}, ""}, progress);
}

std::optional<std::string> fault_in_fold(Records& records, Readings& readings,
                                         const tracking::Plausibility& plausibility,
                                         const ShowProgress& progress) {
  if (const auto waiting = records.unfolded().size(); waiting > 0)
    return fmt::format(
        "{} fetch{} of an interrupted run and not folded yet: the next import, poll or rebuild "
        "does",
        waiting, waiting == 1 ? " is" : "es are");
  const auto stored = records.history();
  const auto difference = fold_all(records, stored, readings, plausibility, progress).difference;
  if (difference.empty()) return std::nullopt;
  return fmt::format(
      "{}: this is not what the documents say, or was folded by other rules or thresholds "
      "(agreementctl rebuild --dry-run shows all)",
      first_of(difference, stored));
}

std::optional<std::string> fault_in_what_follows(storage::Store& store,
                                                 const tracking::Plausibility& plausibility,
                                                 const ShowProgress& progress) {
  Readings readings;
  const auto records = store.look();
  if (auto fault = fault_in_readings(*records, readings, progress)) return fault;
  return fault_in_fold(*records, readings, plausibility, progress);
}

/// What an interrupted run left is recorded as that run would have: it is not what this program
/// reads better.
void fold_waiting(Consequences& consequences, Readings& readings,
                  const tracking::Plausibility& plausibility, Instant now,
                  const ShowProgress& progress) {
  if (consequences.unfolded().empty()) return;
  const auto inputs = read_inputs(consequences, readings);
  const auto stored = consequences.history();
  const auto refolded = refold_inputs(consequences, stored, inputs, readings, plausibility,
                                      {Cause::archive, {}, ""}, progress);
  write_consequences(consequences, stored, refolded, now);
}

}  // namespace

RebuildReport rebuild(storage::Store& store, const RebuildOptions& options, const Clock& clock,
                      const ShowProgress& progress) {
  RebuildReport report;
  Readings readings;
  const auto now = clock.now();
  const auto consequences = store.begin_consequences();
  if (!options.dry_run) fold_waiting(*consequences, readings, options.plausibility, now, progress);
  report.read_again = read_again(*consequences, readings, progress);
  read_inputs(*consequences, readings);
  const auto stored = consequences->history();
  auto refolded = fold_all(*consequences, stored, readings, options.plausibility, progress);
  report.before = stored.editions;
  report.refused = !options.dry_run && !options.yes &&
                   count_retractions(refolded.difference) > options.retraction_limit;
  if (!options.dry_run && !report.refused) {
    write_consequences(*consequences, stored, refolded, now);
    consequences->commit();
  }
  report.difference = std::move(refolded.difference);
  return report;
}

std::optional<std::string> verify(storage::Store& store,
                                  const std::optional<storage::LogPoint>& from,
                                  const tracking::Plausibility& plausibility,
                                  const ShowProgress& progress) {
  progress("Checking the log", 0, 3);
  if (auto fault = storage::fault_in_log(store, from)) return fault;
  progress("Checking the documents", 1, 3);
  if (auto fault = storage::fault_in_documents(store)) return fault;
  progress("Checking the versions", 2, 3);
  if (auto fault = storage::fault_in_versions(store)) return fault;
  if (auto fault = fault_in_what_follows(store, plausibility, progress)) return fault;
  progress("Checking the runs", 0, 1);
  return storage::fault_in_runs(store);
}

}  // namespace agreementd::daemon
