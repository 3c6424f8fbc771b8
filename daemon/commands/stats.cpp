#include "daemon/commands/commands.h"
#include "daemon/commands/stats_text.h"
#include "storage/queries.h"

namespace agreementd::daemon {

ExitStatus run_stats(const Session& session) {
  auto store = session.open();
  const Counts counts{storage::count_by_model(store), storage::count_by_state(store),
                      storage::count_by_month(store)};
  if (session.format() == Format::table)
    session.console.print(stats_text(counts, session.console.width()));
  else
    session.print_table(stats_table(counts));
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
