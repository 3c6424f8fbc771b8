#include <algorithm>
#include <ranges>

#include "daemon/commands/change_text.h"
#include "daemon/commands/commands.h"
#include "storage/queries.h"

namespace agreementd::daemon {
namespace {

/// What is listed since our first edition began then or before: a person must not read it as a
/// start.
storage::Table mark_left_censored(storage::Table table) {
  const auto first = std::ranges::find(table.columns, "first_listed") - table.columns.begin();
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (cell(table, row, "left_censored") == "true")
      table.rows[row][static_cast<std::size_t>(first)] = "≤ " + cell(table, row, "first_listed");
  return table;
}

void print_agreements(const Session& session, const storage::Table& table) {
  const bool pending = session.options.agreements.list == List::pending;
  const bool person = session.format() == Format::table;
  session.print_table(person ? mark_left_censored(table) : table,
                      {"state", "agency", "county", "model", "signed", "moa_status", "first_listed",
                       "agreement_id"},
                      pending ? "application" : "agreement",
                      pending ? "applications" : "agreements");
  const bool any_censored = std::ranges::any_of(
      std::views::iota(std::size_t{0}, table.rows.size()),
      [&](std::size_t row) { return cell(table, row, "left_censored") == "true"; });
  if (person && any_censored)
    session.console.print("≤ first listed then or before: it is in the first list we have\n");
}

}  // namespace

ExitStatus run_current(const Session& session) {
  auto store = session.open();
  print_agreements(session, storage::current(store, session.options.agreements));
  return ExitStatus::done;
}

ExitStatus run_as_of(const Session& session) {
  auto store = session.open();
  const Options& options = session.options;
  print_agreements(session,
                   storage::as_of(store, *options.day, options.known_at, options.agreements));
  return ExitStatus::done;
}

ExitStatus run_changes(const Session& session) {
  auto store = session.open();
  const auto& filter = session.options.changes;
  const auto table = storage::changes(store, filter);
  std::vector<std::string> columns{"date",  "list",   "kind", "state",       "agency",
                                   "model", "signed", "what", "agreement_id"};
  // What was asked for need not be said in every line.
  if (filter.list) std::erase(columns, "list");
  if (!filter.state.empty()) std::erase(columns, "state");
  session.print_table(session.format() == Format::table ? readable_changes(table) : table, columns,
                      "entry", "entries");
  return ExitStatus::done;
}

ExitStatus run_find(const Session& session) {
  auto store = session.open();
  session.print_table(storage::find(store, session.options.text),
                      {"agency_id", "state", "agency", "list", "model", "signed", "status",
                       "first_listed", "last_listed", "agreement_id"},
                      "agreement or application", "agreements and applications");
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
