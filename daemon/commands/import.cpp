#include <fmt/format.h>

#include "daemon/commands/collect.h"
#include "daemon/commands/commands.h"
#include "daemon/history.h"
#include "daemon/progress.h"
#include "daemon/report_text.h"

namespace agreementd::daemon {

ExitStatus run_import(const Session& session) {
  const auto configuration = session.configuration();
  // Read first: connecting may leave us with the service's rights.
  const auto collection = collect_lists(session.options.paths);
  for (const auto& note : collection.notes) session.console.complain("import: " + note);
  for (const auto& error : collection.errors) session.console.complain("import: " + error);
  auto store = session.connect(configuration);
  store.require_schema();
  ImportOptions options;
  options.yes = session.options.yes;
  options.plausibility = configuration.plausibility;
  auto report = import_lists(store, collection.candidates, options, session.clock,
                             Progress(session.console).shown());
  report.skipped += collection.skipped;

  for (const auto& error : report.errors) session.console.complain("import: " + error);
  if (report.refused) {
    session.console.print(refusal_text(report, options.retraction_limit));
    session.console.flush();
    throw Failure(
        fmt::format("import: refused, more than {} entries would be retracted: look at "
                    "them, then use --yes",
                    options.retraction_limit));
  }
  session.console.print(import_text(report));
  if (!collection.errors.empty() || !report.errors.empty()) return ExitStatus::failed;
  const bool strict = session.options.strict && !report.quarantined.empty();
  return strict ? ExitStatus::quarantined : ExitStatus::done;
}

}  // namespace agreementd::daemon
