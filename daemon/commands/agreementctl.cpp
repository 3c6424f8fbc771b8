#include <exception>
#include <new>

#include <fmt/format.h>

#include "daemon/commands/commands.h"

namespace agreementd::daemon {
namespace {

ExitStatus run_command(const Session& session) {
  switch (session.options.command) {
    case Command::poll:
      return run_poll(session);
    case Command::import:
      return run_import(session);
    case Command::current:
      return run_current(session);
    case Command::as_of:
      return run_as_of(session);
    case Command::changes:
      return run_changes(session);
    case Command::find:
      return run_find(session);
    case Command::show:
      return run_show(session);
    case Command::stats:
      return run_stats(session);
    case Command::editions:
      return run_editions(session);
    case Command::approve:
    case Command::reject:
    case Command::redate:
      return run_verdict(session);
    case Command::rebuild:
      return run_rebuild(session);
    case Command::verify:
      return run_verify(session);
    case Command::review:
      return run_review(session);
    case Command::decide:
      return run_decide(session);
    case Command::export_all:
      return run_export(session);
    case Command::document:
      return run_document(session);
    case Command::status:
      return run_status(session);
    case Command::setup:
      return run_setup(session);
    case Command::migrate:
      return run_migrate(session);
    case Command::check_config:
      return run_check_config(session);
    case Command::deliveries:
      return run_deliveries(session);
    case Command::replay:
      return run_replay(session);
    case Command::alert:
      return run_alert(session);
  }
  return ExitStatus::failed;
}

ExitStatus run(const std::vector<std::string>& arguments, const std::string& environment_database,
               Console& console, const Clock& clock) {
  const CommandLine line = parse_command_line(arguments);
  if (!line.options && line.status != ExitStatus::done) {
    console.complain(line.text);
    return line.status;
  }
  ExitStatus status = ExitStatus::done;
  if (line.options)
    status = run_command({*line.options, console, clock, environment_database});
  else
    console.print(line.text);
  console.flush();
  return status;
}

}  // namespace

ExitStatus run_agreementctl(const std::vector<std::string>& arguments,
                            const std::string& environment_database, Console& console,
                            const Clock& clock) {
  try {
    return run(arguments, environment_database, console, clock);
  } catch (const OutputClosed&) {
    return ExitStatus::done;
  } catch (const Failure& failure) {
    console.complain(failure.what());
    return failure.status();
  } catch (const std::bad_alloc&) {
    console.complain("out of memory: give it more, or fewer files at a time");
  } catch (const std::exception& error) {
    console.complain(fmt::format("internal error: {}: please report it", error.what()));
  }
  return ExitStatus::failed;
}

}  // namespace agreementd::daemon
