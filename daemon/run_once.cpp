#include "daemon/run_once.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "daemon/folding.h"
#include "daemon/notices.h"
#include "daemon/source_notices.h"
#include "daemon/visit.h"

namespace agreementd::daemon {
namespace {

using storage::Consequences;
using tracking::Arranged;

/// The polled sightings not folded yet that are not the newest of their list: what they change lies
/// in the past.
std::vector<Verdict::Subject> late_sightings(const std::vector<std::int64_t>& unfolded,
                                             const std::vector<Arranged>& arranged,
                                             const StoredHistory& stored) {
  const auto news = tracking::polled_news(arranged, stored.editions);
  std::vector<Verdict::Subject> late;
  for (const auto& each : arranged) {
    if (news.contains(each.edition.id)) continue;
    for (const auto& sighting : each.sightings)
      if (sighting.origin == Origin::poll &&
          std::ranges::binary_search(unfolded, sighting.fetch_id))
        late.push_back({sighting.document, sighting.file_name});
  }
  return late;
}

Verdict hold(std::vector<Verdict::Subject> subjects, std::size_t retractions, Instant now) {
  Verdict verdict;
  verdict.kind = VerdictKind::hold;
  verdict.by = "agreementd";
  verdict.why = fmt::format("it would take back {} entries told before", retractions);
  verdict.at = now;
  verdict.subjects = std::move(subjects);
  return verdict;
}

/// Folds what waits. A poll that would take back much is held until a person has looked.
void fold(Consequences& consequences, const PollOptions& options, Readings& readings, Instant now,
          PollReport& report) {
  const auto unfolded = consequences.unfolded();
  if (unfolded.empty()) return;
  const auto inputs = read_inputs(consequences, readings);
  const auto stored = consequences.history();
  const auto refold = [&](const std::vector<Arranged>& arranged) {
    return refold_inputs(consequences, stored, arranged, readings, options.plausibility, {});
  };
  auto arranged = arrange_inputs(inputs);
  auto refolded = refold(arranged);
  const auto retractions = count_retractions(refolded.difference);
  auto late = late_sightings(unfolded, arranged, stored);
  if (retractions > static_cast<std::size_t>(options.retraction_limit) && !late.empty()) {
    consequences.add_verdict(hold(std::move(late), retractions, now));
    refolded = refold(arrange_inputs(consequences.inputs()));
  }
  write_consequences(consequences, stored, refolded, now);
  auto news = edition_news(stored, refolded.difference);
  report.new_editions += news.added;
  std::ranges::move(news.quarantined, std::back_inserter(report.quarantined));
  std::ranges::move(refolded.difference.entries, std::back_inserter(report.entries));
}

/// What a poll before this one stored and did not fold.
void fold_what_was_left(storage::Store& store, const PollOptions& options, Readings& readings,
                        Instant now, PollReport& report) {
  const auto consequences = store.begin_consequences();
  fold(*consequences, options, readings, now, report);
  consequences->commit();
}

}  // namespace

PollReport run_once(storage::Store& store, fetchers::Fetcher& fetcher, const PollOptions& options,
                    const Clock& clock, std::stop_token stop) {
  PollReport report;
  Readings readings;
  fold_what_was_left(store, options, readings, clock.now(), report);

  auto visit = visit_source(store, fetcher, options, readings, clock, stop);

  const auto now = clock.now();
  const auto consequences = store.begin_consequences();
  fold(*consequences, options, readings, now, report);
  open_mislabelled(*consequences, visit.lists, now);
  update_source_notices(*consequences, visit, now);
  consequences->commit();

  report.asked = std::move(visit.asked);
  report.notices = std::move(visit.notices);
  report.failures = std::move(visit.failures);
  report.again_after = visit.again_after;
  return report;
}

}  // namespace agreementd::daemon
