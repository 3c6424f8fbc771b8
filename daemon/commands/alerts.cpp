#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands/commands.h"
#include "daemon/commands/login.h"
#include "daemon/configuration/alert_sinks.h"
#include "daemon/configuration/credentials.h"
#include "daemon/terminal_text.h"
#include "storage/sinks.h"

namespace agreementd::daemon {
namespace {

/// Attempts shown; older ones are in the database.
constexpr std::size_t deliveries_shown = 200;

const Alert& alert_named(const std::string& name, const Configuration& configuration) {
  const auto& alerts = configuration.alerts;
  const auto found = std::ranges::find(alerts, name, &Alert::name);
  if (found != alerts.end()) return *found;
  std::vector<std::string> names;
  for (const auto& alert : alerts) names.push_back(alert.name);
  throw Failure(fmt::format("alert: there is no [[alert]] {} in the configuration{}{}", name,
                            names.empty() ? ": it has none" : ": it has ", fmt::join(names, ", ")),
                ExitStatus::usage);
}

std::string answer_text(const std::string& answer) {
  return answer.empty() ? "" : fmt::format("It answered:\n{}\n", printable(answer));
}

}  // namespace

ExitStatus run_deliveries(const Session& session) {
  auto store = session.open();
  const auto table =
      storage::deliveries(store, session.options.sink, static_cast<int>(deliveries_shown));
  const bool all = table.rows.size() < deliveries_shown;
  session.print_table(
      table, {"at", "sink", "outcome", "first_seq", "last_seq", "entries", "detail"}, "attempt",
      all ? "attempts, the newest first"
          : "attempts, the newest first; older ones are in the table deliveries");
  return ExitStatus::done;
}

ExitStatus run_replay(const Session& session) {
  const auto& options = session.options;
  auto store = session.open();
  if (!options.replay_from) {
    storage::revive(store, options.sink);
    session.console.print(fmt::format(
        "{} is sent what it has not got yet, by the service, when it is due.\n", options.sink));
    return ExitStatus::done;
  }
  storage::ask_for_replay(store, options.sink, *options.replay_from, *options.replay_to,
                          options.by.empty() ? login_name() : options.by, session.clock.now());
  session.console.print(
      fmt::format("Entries {} to {} are sent to {} again by the service: those that are for it, "
                  "which it has come to. See agreementctl deliveries --sink {}.\n",
                  *options.replay_from, *options.replay_to, options.sink, options.sink));
  return ExitStatus::done;
}

/// Sends a marked sample. By the service's user, as the service does; its secret root alone may
/// read.
ExitStatus run_alert(const Session& session) {
  const auto configuration = session.configuration();
  const auto& alert = alert_named(session.options.sink, configuration);
  const auto sender = sender_of(alert, configuration.source, session.clock);
  become_service("agreementd");
  const auto sent = sender->send(alerts::Sample{alert.name, session.clock.now()}, {});
  if (sent.delivery != fetchers::Delivery::delivered) {
    session.console.print(answer_text(sent.answer));
    throw Failure(
        fmt::format("alert {}: {}: {}", alert.name, to_string(sent.delivery), sent.detail));
  }
  session.console.print(
      fmt::format("The sample was delivered to {}.\n{}", alert.name, answer_text(sent.answer)));
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
