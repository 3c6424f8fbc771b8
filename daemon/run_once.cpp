#include "daemon/run_once.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "daemon/folding.h"
#include "daemon/holding.h"
#include "daemon/notices.h"
#include "daemon/source_notices.h"
#include "daemon/visit.h"

namespace agreementd::daemon {
namespace {

using storage::Consequences;

void report_opened(PollReport& report, const std::vector<Notice>& opened) {
  std::ranges::copy(opened, std::back_inserter(report.notices));
  std::ranges::copy(opened, std::back_inserter(report.opened));
}

/// Folds what waits. A poll that would take back much is held until a person has looked.
void fold(Consequences& consequences, const Poller& poller, Readings& readings, Instant now,
          PollReport& report) {
  const auto waiting = consequences.unfolded();
  if (waiting.empty()) return;
  const auto& options = poller.options;
  auto inputs = read_inputs(consequences, readings);
  const auto stored = consequences.history();
  const auto refold = [&] {
    return refold_inputs(consequences, stored, inputs, readings, options.plausibility, {},
                         poller.progress);
  };
  auto refolded = refold();
  if (const auto hold = hold_of(consequences, inputs, stored, refolded, readings,
                                options.plausibility, options.retraction_limit, now)) {
    consequences.add_verdict(*hold);
    inputs = consequences.inputs();
    refolded = refold();
  }
  report_opened(report, write_consequences(consequences, stored, refolded, now));
  std::erase_if(inputs.sightings, [&](const Sighting& sighting) {
    return !std::ranges::binary_search(waiting, sighting.fetch_id);
  });
  report_opened(report,
                open_mislabelled(consequences, inputs.sightings, refolded.folded.editions, now));
  auto news = edition_news(stored, refolded.difference);
  report.new_editions += news.added;
  std::ranges::move(news.quarantined, std::back_inserter(report.quarantined));
  std::ranges::move(refolded.difference.entries, std::back_inserter(report.entries));
}

void fold_what_was_left(storage::Store& store, const Poller& poller, Readings& readings,
                        PollReport& report) {
  const auto consequences = store.begin_consequences();
  fold(*consequences, poller, readings, poller.clock.now(), report);
  consequences->commit();
}

void tell(PollReport& report, Visit&& visit) {
  report.asked = std::move(visit.asked);
  std::ranges::move(visit.notices, std::back_inserter(report.notices));
  report.failures = std::move(visit.failures);
  report.again_after = visit.again_after;
}

}  // namespace

PollReport run_once(storage::Store& store, const Poller& poller) {
  PollRecords records(store);
  return run_once(store, records, poller);
}

PollReport run_once(storage::Store& store, PollRecords& records, const Poller& poller) {
  PollReport report;
  Readings readings;
  fold_what_was_left(store, poller, readings, report);

  auto visit =
      visit_source(records, poller.fetcher, poller.options, readings, poller.clock, poller.stop);
  report.kept_in_spool = records.away();
  if (!records.away()) {
    const auto now = poller.clock.now();
    const auto consequences = store.begin_consequences();
    fold(*consequences, poller, readings, now, report);
    std::ranges::move(update_source_notices(*consequences, visit, now),
                      std::back_inserter(report.opened));
    consequences->commit();
  }
  tell(report, std::move(visit));
  return report;
}

PollReport run_without_database(PollRecords& records, const Poller& poller) {
  PollReport report;
  Readings readings;
  report.kept_in_spool = true;
  tell(report,
       visit_source(records, poller.fetcher, poller.options, readings, poller.clock, poller.stop));
  return report;
}

PollReport fold_waiting(storage::Store& store, const Poller& poller) {
  PollReport report;
  Readings readings;
  fold_what_was_left(store, poller, readings, report);
  return report;
}

}  // namespace agreementd::daemon
