#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands.h"
#include "daemon/terminal_text.h"
#include "storage/queries.h"
#include "storage/schema.h"

namespace agreementd::daemon {
namespace {

void print_done(const Session& session, const std::vector<std::string>& names) {
  if (names.empty())
    session.console.print(
        fmt::format("Nothing to do: the schema is number {}.\n", storage::newest_schema()));
  for (const auto& name : names) session.console.print("done: " + printable(name) + "\n");
}

/// What a notice is about and says, the subject once.
std::string notice_text(const storage::Table& notices, std::size_t row) {
  const auto subject = cell(notices, row, "subject");
  const auto text = cell(notices, row, "text");
  return fmt::format("{}{} (since {})", text.starts_with(subject) ? "" : subject + ": ", text,
                     cell(notices, row, "opened_at"));
}

/// The open notices as rows of the status table.
void add_notices(storage::Table& table, const storage::Table& notices) {
  for (std::size_t row = 0; row < notices.rows.size(); ++row)
    table.rows.push_back({"notice: " + cell(notices, row, "kind"), notice_text(notices, row)});
}

/// For a person: notices whole, however long, below the table.
std::string notice_paragraphs(const storage::Table& notices, std::size_t width) {
  std::string out;
  for (std::size_t row = 0; row < notices.rows.size(); ++row)
    out +=
        "\n" +
        wrapped(
            printable(fmt::format("{}: {}", cell(notices, row, "kind"), notice_text(notices, row))),
            width == 0 ? 100 : width, 2) +
        "\n";
  return out;
}

}  // namespace

ExitStatus run_setup(const Session& session) {
  auto store = session.connect(session.configuration());
  print_done(session, storage::setup(store));
  return ExitStatus::done;
}

ExitStatus run_migrate(const Session& session) {
  auto store = session.connect(session.configuration());
  print_done(session, storage::migrate(store));
  return ExitStatus::done;
}

ExitStatus run_status(const Session& session) {
  auto store = session.open();
  auto table = storage::status(store);
  const auto notices = storage::open_notices(store);
  const bool person = session.format() == Format::table;
  if (!person) add_notices(table, notices);
  session.print_table(table);
  if (person) session.console.print(notice_paragraphs(notices, session.console.width()));
  return ExitStatus::done;
}

ExitStatus run_check_config(const Session& session) {
  const auto reading = load_configuration(session.options.configuration_file);
  for (const auto& problem : reading.problems) session.console.complain(problem);
  if (!reading.problems.empty()) return ExitStatus::failed;
  const auto& file = reading.configuration.file;
  session.console.print(
      file.empty() ? fmt::format("# no file {}: the defaults\n", default_configuration_file)
                   : fmt::format("# {} is in order; with the defaults it says\n", printable(file)));
  session.console.print(to_toml(reading.configuration));
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
