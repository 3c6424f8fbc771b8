#include <map>

#include <fmt/format.h>

#include "daemon/commands/commands.h"
#include "daemon/commands/login.h"
#include "daemon/history.h"
#include "daemon/report_text.h"
#include "storage/queries.h"

namespace agreementd::daemon {
namespace {

std::string sightings_text(const EditionRow& row) {
  std::string text;
  for (const auto& sighting : row.sightings)
    text += fmt::format("{}{}:{}", text.empty() ? "" : ";", sighting.file_name,
                        to_hex(sighting.document));
  return text;
}

/// Readers may not see the inputs: for them the column stays empty, and they are told.
std::map<std::string, std::string> sightings_by_edition(const Session& session,
                                                        storage::Store& store) {
  std::map<std::string, std::string> result;
  try {
    for (const auto& row : edition_sightings(store))
      result[to_hex(row.edition.id)] = sightings_text(row);
  } catch (const Failure& failure) {
    if (failure.status() != ExitStatus::failed) throw;
    session.console.complain(std::string("editions: the column sightings stays empty: ") +
                             failure.what());
  }
  return result;
}

storage::Table with_sightings(const Session& session, storage::Store& store, storage::Table table) {
  const auto sightings = sightings_by_edition(session, store);
  table.columns.emplace_back("sightings");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto found = sightings.find(cell(table, row, "edition_id"));
    table.rows[row].push_back(found == sightings.end() ? std::nullopt
                                                       : std::optional(found->second));
  }
  return table;
}

/// For people: ids as short as the command line takes them.
storage::Table with_short_ids(storage::Table table) {
  table.columns.insert(table.columns.begin(), "edition");
  for (auto& row : table.rows) row.insert(row.begin(), row.at(0).value_or("").substr(0, 8));
  return table;
}

}  // namespace

ExitStatus run_editions(const Session& session) {
  auto store = session.open();
  const auto table = storage::editions(store, session.options.status);
  if (session.format() != Format::table) {
    session.print_table(with_sightings(session, store, table));
    return ExitStatus::done;
  }
  session.print_table(with_short_ids(table),
                      {"edition", "list", "date", "status", "agreements", "file_name", "verdict",
                       "verdict_by", "verdict_why", "reason"},
                      "edition", "editions");
  return ExitStatus::done;
}

ExitStatus run_verdict(const Session& session) {
  const Options& options = session.options;
  const auto configuration = session.configuration();
  auto store = session.connect(configuration);
  store.require_schema();
  const auto kind = options.command == Command::approve  ? VerdictKind::approve
                    : options.command == Command::redate ? VerdictKind::redate
                                                         : VerdictKind::reject;
  const auto* done = kind == VerdictKind::approve  ? "Approved"
                     : kind == VerdictKind::redate ? "Redated"
                                                   : "Rejected";
  const auto report =
      give_verdict(store,
                   {options.edition, kind, options.by.empty() ? login_name() : options.by,
                    options.why, options.redated_to},
                   session.clock, configuration.plausibility);
  session.console.print(fmt::format("{} edition {}: {}\nIt is {} now.\nRecorded {}\n{}", done,
                                    short_id(report.edition.id), edition_name(report.edition),
                                    to_string(report.edition.status), count_entries(report.entries),
                                    entry_lines(report.entries, 20)));
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
