#include "daemon/commands/session.h"

#include <fmt/format.h>

#include "daemon/configuration/credentials.h"
#include "daemon/configuration/database_uri.h"

namespace agreementd::daemon {

Configuration Session::configuration() const {
  const auto reading = load_configuration(options.configuration_file);
  if (reading.problems.empty()) return reading.configuration;
  const auto more = reading.problems.size() - 1;
  throw Failure(more == 0 ? reading.problems[0]
                          : fmt::format("{} ({} more: agreementctl --config {} check-config)",
                                        reading.problems[0], more, reading.configuration.file));
}

std::string Session::database(const Configuration& configuration) const {
  use_passed_credentials();
  // Root has no role in the database; the service's user has.
  const bool of_the_service = options.database.empty() && environment_database.empty();
  if (of_the_service && !configuration.database.empty()) become_service("agreementd");
  return with_limits(
      choose_database({options.database, environment_database, configuration.database}));
}

storage::Store Session::connect(const Configuration& configuration) const {
  return storage::Store(database(configuration));
}

storage::Store Session::open() const {
  auto store = connect(configuration());
  store.require_schema();
  return store;
}

Format Session::format() const {
  return options.format.value_or(console.output_is_terminal() ? Format::table : Format::csv);
}

void Session::print_table(const storage::Table& table) const {
  switch (format()) {
    case Format::table:
      return console.print(format_table(table, console.width()));
    case Format::csv:
      return console.print(format_csv(table, console.output_is_terminal()));
    case Format::jsonl:
      return console.print(format_jsonl(table));
  }
}

void Session::print_table(const storage::Table& table, const std::vector<std::string>& columns,
                          const char* one_row, const char* rows) const {
  if (format() != Format::table) return print_table(table);
  const auto count = table.rows.size();
  if (count > 0) print_table(without_empty_columns(with_columns(table, columns)));
  console.print(count == 0 ? fmt::format("No {}.\n", rows)
                           : fmt::format("\n{} {}\n", count, count == 1 ? one_row : rows));
}

}  // namespace agreementd::daemon
