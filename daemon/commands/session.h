#pragma once

#include <string>
#include <vector>

#include "daemon/commands/command_line.h"
#include "daemon/configuration/configuration.h"
#include "daemon/console.h"
#include "model/clock.h"
#include "storage/store.h"

namespace agreementd::daemon {

/// What a command works with. It connects only when a command asks for it.
struct Session {
  const Options& options;
  Console& console;
  const Clock& clock;
  std::string environment_database;  ///< AGREEMENTD_DATABASE; empty: not set

  /// The configuration file's content. Failure naming the first problem in it.
  [[nodiscard]] Configuration configuration() const;
  /// The database that option, environment or configuration name, as libpq takes it. Where it is
  /// the configuration's, root becomes the service's user.
  [[nodiscard]] std::string database(const Configuration& configuration) const;
  /// Connects to it.
  [[nodiscard]] storage::Store connect(const Configuration& configuration) const;
  /// Connects, and makes sure that the schema is this program's.
  [[nodiscard]] storage::Store open() const;

  /// The format asked for; unless one was, table on a terminal and CSV otherwise.
  [[nodiscard]] Format format() const;
  /// Prints the table in that format.
  void print_table(const storage::Table& table) const;
  /// For people, where that is the format, only `columns` and under them how many `rows` (as
  /// `change`, `changes`) there are; for programs everything.
  void print_table(const storage::Table& table, const std::vector<std::string>& columns,
                   const char* one_row, const char* rows) const;
};

}  // namespace agreementd::daemon
