#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "daemon/commands/commands.h"
#include "daemon/poll_options.h"
#include "daemon/report_text.h"
#include "daemon/run_once.h"

namespace agreementd::daemon {
ExitStatus run_poll(const Session& session) {
  const auto configuration = session.configuration();
  const auto options = poll_options(session.options.page, configuration);
  auto store = session.connect(configuration);
  store.require_schema();
  fetchers::Fetcher fetcher(fetch_settings(configuration.source),
                            fetchers::real_effects(session.clock));
  const auto report = run_once(store, {fetcher, options, session.clock});
  for (const auto& failure : report.failures) session.console.complain("poll: " + failure);
  session.console.print(poll_text(report));
  if (!report.failures.empty()) return ExitStatus::source_unavailable;
  return report.quarantined.empty() ? ExitStatus::done : ExitStatus::quarantined;
}

}  // namespace agreementd::daemon
