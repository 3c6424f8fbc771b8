#include <fmt/format.h>

#include "daemon/commands/commands.h"
#include "daemon/progress.h"
#include "daemon/rebuilding.h"
#include "daemon/report_text.h"

namespace agreementd::daemon {

ExitStatus run_rebuild(const Session& session) {
  const auto configuration = session.configuration();
  auto store = session.connect(configuration);
  store.require_schema();
  RebuildOptions options;
  options.dry_run = session.options.dry_run;
  options.yes = session.options.yes;
  options.plausibility = configuration.plausibility;
  const auto report = rebuild(store, options, session.clock, Progress(session.console).shown());
  session.console.print(rebuild_text(report));
  if (!report.refused) return ExitStatus::done;
  session.console.flush();
  throw Failure(
      fmt::format("rebuild: refused, more than {} entries would be retracted: look at "
                  "them, then use --yes",
                  options.retraction_limit));
}

ExitStatus run_verify(const Session& session) {
  const auto configuration = session.configuration();
  auto store = session.connect(configuration);
  store.require_schema();
  const auto head = storage::log_head(store);
  if (session.options.head) {
    session.console.print(fmt::format("{} {}\n", head.seq, to_hex(head.hash)));
    return ExitStatus::done;
  }
  if (const auto fault = verify(store, session.options.from, configuration.plausibility,
                                Progress(session.console).shown()))
    throw Failure("verify: " + *fault);
  const auto size = storage::store_size(store);
  session.console.print(fmt::format(
      "Verified: {} entries, {} documents, {} versions, {} editions.\nThe log ends with "
      "{} {}\n",
      size.entries, size.documents, size.versions, size.editions, head.seq, to_hex(head.hash)));
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
