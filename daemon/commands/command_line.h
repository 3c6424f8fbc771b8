#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/commands/output.h"
#include "daemon/deciding.h"
#include "model/result.h"
#include "model/time.h"
#include "storage/proof.h"
#include "storage/queries.h"

namespace agreementd::daemon {

enum class Command {
  poll,
  import,
  current,
  as_of,
  changes,
  find,
  show,
  stats,
  editions,
  approve,
  reject,
  redate,
  rebuild,
  verify,
  review,
  decide,
  document,
  export_all,
  status,
  setup,
  migrate,
  check_config,
  deliveries,
  replay,
  alert,
};

/// What the command line says, checked; fields a command does not have are empty.
struct Options {
  Command command = Command::status;
  std::string configuration_file;  ///< `--config`
  std::string database;            ///< `--database`
  std::optional<Format> format;    ///< absent: table on a terminal, CSV otherwise

  std::string page;                ///< poll; empty: the configured one
  std::vector<std::string> paths;  ///< import
  bool yes = false;                ///< import, rebuild
  bool strict = false;             ///< import
  bool decided = false;            ///< review

  storage::AgreementFilter agreements;  ///< current, as-of
  std::optional<Date> day;              ///< as-of
  std::optional<Instant> known_at;      ///< as-of
  storage::ChangeFilter changes;        ///< changes

  std::string text;     ///< find: TEXT; show: ID in upper case; document: SHA in lower case
  std::string edition;  ///< approve, reject, redate: E
  std::optional<Instant> redated_to;      ///< redate
  bool dry_run = false;                   ///< rebuild
  bool head = false;                      ///< verify
  std::optional<storage::LogPoint> from;  ///< verify
  std::string status;                     ///< editions
  std::string by;            ///< approve, reject, redate, decide, replay; empty: the login
  std::string why;           ///< approve, reject, redate, decide
  DecisionRequest decision;  ///< decide; without `by` and `why`
  std::string output_file;   ///< document
  bool force = false;        ///< document
  std::string folder;        ///< export
  bool recorded = false;     ///< export
  std::string sink;          ///< deliveries, replay, alert: its name; of the first empty: all
  std::optional<std::int64_t> replay_from, replay_to;  ///< replay: by seq
};

/// Options to run with, or a text to print and the status to exit with.
struct CommandLine {
  std::optional<Options> options;
  ExitStatus status =
      ExitStatus::done;  ///< where there are no options: done after a help, or usage
  std::string text;      ///< the help or version; for usage one line without line end
};

/// Reads the arguments (without the program's name). Does nothing else.
CommandLine parse_command_line(const std::vector<std::string>& arguments);

}  // namespace agreementd::daemon
