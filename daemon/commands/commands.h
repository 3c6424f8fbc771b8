#pragma once

#include <string>
#include <vector>

#include "daemon/commands/session.h"
#include "model/result.h"

/// One function per command: asks, does, prints. What goes wrong is thrown as Failure.
namespace agreementd::daemon {

ExitStatus run_poll(const Session& session);
ExitStatus run_import(const Session& session);
ExitStatus run_current(const Session& session);
ExitStatus run_as_of(const Session& session);
ExitStatus run_changes(const Session& session);
ExitStatus run_find(const Session& session);
ExitStatus run_show(const Session& session);
ExitStatus run_stats(const Session& session);
ExitStatus run_editions(const Session& session);
ExitStatus run_verdict(const Session& session);  ///< approve, reject and redate
ExitStatus run_rebuild(const Session& session);
ExitStatus run_verify(const Session& session);
ExitStatus run_review(const Session& session);
ExitStatus run_decide(const Session& session);
ExitStatus run_export(const Session& session);
ExitStatus run_document(const Session& session);
ExitStatus run_status(const Session& session);
ExitStatus run_setup(const Session& session);
ExitStatus run_migrate(const Session& session);
ExitStatus run_check_config(const Session& session);
ExitStatus run_deliveries(const Session& session);
ExitStatus run_replay(const Session& session);
ExitStatus run_alert(const Session& session);

/// The whole program but for the process it runs in: reads the arguments, runs the command, reports
/// what went wrong on the console and answers the exit status. Throws nothing.
ExitStatus run_agreementctl(const std::vector<std::string>& arguments,
                            const std::string& environment_database, Console& console,
                            const Clock& clock);

}  // namespace agreementd::daemon
