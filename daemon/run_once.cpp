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

/// Folds what waits. A poll that would take back much is held until a person has looked.
void fold(Consequences& consequences, const PollOptions& options, Readings& readings, Instant now,
          PollReport& report) {
  if (consequences.unfolded().empty()) return;
  auto inputs = read_inputs(consequences, readings);
  const auto stored = consequences.history();
  const auto refold = [&] {
    return refold_inputs(consequences, stored, inputs, readings, options.plausibility, {});
  };
  auto refolded = refold();
  if (const auto hold = hold_of(consequences, inputs, stored, refolded, readings,
                                options.plausibility, options.retraction_limit, now)) {
    consequences.add_verdict(*hold);
    inputs = consequences.inputs();
    refolded = refold();
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
                    const Clock& clock, const std::stop_token& stop) {
  PollReport report;
  Readings readings;
  fold_what_was_left(store, options, readings, clock.now(), report);

  auto visit = visit_source(store, fetcher, options, readings, clock, stop);

  const auto now = clock.now();
  const auto consequences = store.begin_consequences();
  fold(*consequences, options, readings, now, report);
  open_mislabelled(*consequences, visit.lists, now);
  report.opened = update_source_notices(*consequences, visit, now);
  consequences->commit();

  report.asked = std::move(visit.asked);
  report.notices = std::move(visit.notices);
  report.failures = std::move(visit.failures);
  report.again_after = visit.again_after;
  return report;
}

}  // namespace agreementd::daemon
