#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands/commands.h"
#include "daemon/configuration/alert_sinks.h"
#include "daemon/configuration/option_values.h"
#include "daemon/source_state.h"
#include "daemon/terminal_text.h"
#include "fetchers/fetcher.h"
#include "storage/queries.h"
#include "storage/schema.h"
#include "storage/sinks.h"

namespace agreementd::daemon {
namespace {

/// The table above them says how many there are.
constexpr int unreadable_shown = 20;

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

/// Which document it is, by as many digits as `document` takes.
std::string unreadable_name(const storage::Table& documents, std::size_t row) {
  return "unreadable " + cell(documents, row, "sha256").substr(0, 8);
}

/// What an unreadable document is called and why it cannot be read, the name once.
std::string unreadable_text(const storage::Table& documents, std::size_t row) {
  const auto name = cell(documents, row, "file_name");
  const auto reason = cell(documents, row, "reason");
  const bool named = reason.find(name) != std::string::npos;
  return fmt::format("{}{} (came {})", named ? "" : name + ": ", reason,
                     cell(documents, row, "came_at"));
}

/// Open notices and unreadable documents as rows of the status table.
void add_rows(storage::Table& table, const storage::Table& notices,
              const storage::Table& documents) {
  for (std::size_t row = 0; row < notices.rows.size(); ++row)
    table.rows.push_back({"notice: " + cell(notices, row, "kind"), notice_text(notices, row)});
  for (std::size_t row = 0; row < documents.rows.size(); ++row)
    table.rows.push_back({unreadable_name(documents, row), unreadable_text(documents, row)});
}

/// How the source and the lists are, where a page is configured.
void add_conditions(storage::Table& table, storage::Store& store, const Source& source,
                    Instant now) {
  const auto page = fetchers::resolve(source.page, source.page);
  if (!page) return;
  const auto record = storage::source_record(store, *page);
  table.rows.push_back(
      {"last poll", record.last_poll ? to_string(*record.last_poll) : "never, of this page"});
  table.rows.push_back({"source", condition_text(source_condition(record))});
  for (const auto& [list, condition] : list_conditions(record, source, now))
    table.rows.push_back({fmt::format("{} list", to_string(list)), condition_text(condition)});
}

/// `3 behind`; of one that tells later: `0 behind, 3 not due yet`.
std::string behind_text(storage::Store& store, const Configuration& configuration,
                        const std::string& sink, const std::string& behind, Instant now) {
  const auto alert = std::ranges::find(configuration.alerts, sink, &Alert::name);
  if (alert == configuration.alerts.end()) return behind + " behind";
  const auto until = due_until(sink_of(*alert), now);
  const auto due = storage::sink_lag(store, sink, until).entries;
  const auto others = parse_count(behind).value_or(0) - due;
  return others <= 0 ? behind + " behind" : fmt::format("{} behind, {} not due yet", due, others);
}

/// How far each sink is.
void add_sinks(storage::Table& table, storage::Store& store, const Configuration& configuration,
               Instant now) {
  const auto sinks = storage::sinks(store);
  for (std::size_t row = 0; row < sinks.rows.size(); ++row) {
    const auto disabled = cell(sinks, row, "disabled_at");
    const auto trouble = cell(sinks, row, "trouble");
    const auto delivered = cell(sinks, row, "delivered_at");
    auto text = !disabled.empty() ? "gone since " + disabled
                : trouble.empty()
                    ? std::string("ok")
                    : fmt::format("failing, attempts in a row: {}", cell(sinks, row, "failures"));
    if (cell(sinks, row, "taken_out") == "true") text = "not in the configuration any more";
    if (!trouble.empty()) text += ": " + trouble;
    const auto name = cell(sinks, row, "sink");
    text += "; " + behind_text(store, configuration, name, cell(sinks, row, "behind"), now);
    if (!delivered.empty()) text += ", last delivered " + delivered;
    table.rows.push_back({"alert " + name, text});
  }
}

std::string paragraph(const std::string& title, const std::string& text, std::size_t width) {
  return "\n" + wrapped(printable(title + ": " + text), width == 0 ? 100 : width, 2) + "\n";
}

/// For a person: notices and unreadable documents whole, however long, below the table.
std::string paragraphs(const storage::Table& notices, const storage::Table& documents,
                       std::size_t width) {
  std::string out;
  for (std::size_t row = 0; row < notices.rows.size(); ++row)
    out += paragraph(cell(notices, row, "kind"), notice_text(notices, row), width);
  for (std::size_t row = 0; row < documents.rows.size(); ++row)
    out += paragraph(unreadable_name(documents, row), unreadable_text(documents, row), width);
  if (!documents.rows.empty())
    out += fmt::format(
        "\n{} unreadable document{} shown, the newest first. To get one: agreementctl document {} "
        "-o FILE\n",
        documents.rows.size(), documents.rows.size() == 1 ? "" : "s",
        cell(documents, 0, "sha256").substr(0, 8));
  return out;
}

/// Whether each alert has what it is sent with; tells what is wrong. Who is not root may not look.
bool have_secrets(const Configuration& configuration, const Session& session) {
  bool all = true;
  for (const auto& alert : configuration.alerts) {
    try {
      sender_of(alert, configuration.source, session.clock);
    } catch (const Failure& failure) {
      session.console.complain(failure.what());
      all = false;
    }
  }
  return all;
}

}  // namespace

ExitStatus run_setup(const Session& session) {
  const auto database = session.database(session.configuration());
  std::vector<std::string> done;
  if (const auto created = storage::create_database(database); !created.empty())
    done.push_back("database " + created);
  storage::Store store(database);
  for (auto& name : storage::setup(store)) done.push_back(std::move(name));
  print_done(session, done);
  return ExitStatus::done;
}

ExitStatus run_migrate(const Session& session) {
  auto store = session.connect(session.configuration());
  print_done(session, storage::migrate(store));
  return ExitStatus::done;
}

ExitStatus run_status(const Session& session) {
  const auto configuration = session.configuration();
  auto store = session.connect(configuration);
  store.require_schema();
  auto table = storage::status(store);
  add_conditions(table, store, configuration.source, session.clock.now());
  add_sinks(table, store, configuration, session.clock.now());
  const auto notices = storage::open_notices(store);
  const auto documents = storage::unreadable_documents(store, unreadable_shown);
  const bool person = session.format() == Format::table;
  if (!person) add_rows(table, notices, documents);
  session.print_table(table);
  if (person) session.console.print(paragraphs(notices, documents, session.console.width()));
  return ExitStatus::done;
}

ExitStatus run_check_config(const Session& session) {
  const auto reading = load_configuration(session.options.configuration_file);
  for (const auto& problem : reading.problems) session.console.complain(problem);
  if (!reading.problems.empty()) return ExitStatus::failed;
  if (!have_secrets(reading.configuration, session)) return ExitStatus::failed;
  const auto& file = reading.configuration.file;
  session.console.print(
      file.empty() ? fmt::format("# no file {}: the defaults\n", default_configuration_file)
                   : fmt::format("# {} is in order; with the defaults it says\n", printable(file)));
  session.console.print(to_toml(reading.configuration));
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
