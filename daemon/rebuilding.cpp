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

std::size_t read_again(Consequences& consequences, Readings& readings) {
  std::vector<DocumentReading> better;
  for (const auto& known : consequences.readings())
    if (known.reading_version < parsers::reading_version)
      better.push_back(kept_reading(known.document, readings.stored(known.document, consequences)));
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

std::optional<std::string> fault_in_readings(Consequences& consequences, Readings& readings) {
  for (const auto& known : consequences.readings()) {
    const auto now = kept_reading(known.document, readings.stored(known.document, consequences));
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

tracking::Refolded fold_all(Consequences& consequences, const StoredHistory& stored,
                            Readings& readings, const tracking::Plausibility& plausibility) {
  return refold_inputs(consequences, stored, consequences.inputs(), readings, plausibility,
                       {Cause::rebuild, {}});
}

std::optional<std::string> fault_in_fold(Consequences& consequences, Readings& readings,
                                         const tracking::Plausibility& plausibility) {
  if (const auto waiting = consequences.unfolded().size(); waiting > 0)
    return fmt::format(
        "{} fetch{} of an interrupted run and not folded yet: agreementctl rebuild folds all",
        waiting, waiting == 1 ? " is" : "es are");
  const auto stored = consequences.history();
  const auto difference = fold_all(consequences, stored, readings, plausibility).difference;
  if (difference.empty()) return std::nullopt;
  return fmt::format(
      "what is stored is not what the documents say, or was folded by other rules or thresholds "
      "(agreementctl rebuild --dry-run shows all): {}",
      first_of(difference, stored));
}

}  // namespace

RebuildReport rebuild(storage::Store& store, const RebuildOptions& options, const Clock& clock) {
  RebuildReport report;
  Readings readings;
  const auto now = clock.now();
  const auto consequences = store.begin_consequences();
  report.read_again = read_again(*consequences, readings);
  read_inputs(*consequences, readings);
  const auto stored = consequences->history();
  auto refolded = fold_all(*consequences, stored, readings, options.plausibility);
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
                                  const tracking::Plausibility& plausibility) {
  if (auto fault = storage::fault_in_log(store, from)) return fault;
  if (auto fault = storage::fault_in_documents(store)) return fault;
  if (auto fault = storage::fault_in_versions(store)) return fault;
  Readings readings;
  const auto consequences = store.begin_consequences();
  if (auto fault = fault_in_readings(*consequences, readings)) return fault;
  return fault_in_fold(*consequences, readings, plausibility);
}

}  // namespace agreementd::daemon
