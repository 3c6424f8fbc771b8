#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "daemon/commands.h"
#include "daemon/report_text.h"
#include "daemon/run_once.h"

namespace agreementd::daemon {
namespace {

PollOptions poll_options(const Options& options, const Configuration& configuration) {
  PollOptions poll;
  const auto page = options.page.empty() ? configuration.source.page : options.page;
  if (page.empty())
    throw Failure(
        "poll: no page to poll: use --page URL, or set source.page in the configuration "
        "(https://www.ice.gov/identify-and-arrest/287g)",
        ExitStatus::usage);
  const auto resolved = fetchers::resolve(page, page);
  if (!resolved)
    throw Failure(fmt::format("poll: \"{}\" is no http or https address without a password: "
                              "write it as https://www.ice.gov/identify-and-arrest/287g",
                              page.find('@') == std::string::npos ? page : "(hidden)"),
                  ExitStatus::usage);
  poll.page = *resolved;
  poll.hosts = configuration.source.hosts;
  poll.plausibility = configuration.plausibility;
  return poll;
}

fetchers::Settings fetch_settings(const Source& source) {
  fetchers::Settings settings;
  settings.user_agent = "agreementd/" AGREEMENTD_VERSION;
  if (!source.contact.empty()) settings.user_agent += fmt::format(" (+{})", source.contact);
  settings.allowed_hosts = source.hosts;
  settings.ca_file = source.ca_file;
  return settings;
}

}  // namespace

ExitStatus run_poll(const Session& session) {
  const auto configuration = session.configuration();
  const auto options = poll_options(session.options, configuration);
  auto store = session.connect(configuration);
  store.require_schema();
  fetchers::Fetcher fetcher(fetch_settings(configuration.source),
                            fetchers::real_effects(session.clock));
  const auto report = run_once(store, {fetcher, options, session.clock});
  for (const auto& failure : report.failures) session.console.complain("poll: " + failure);
  session.console.print(poll_text(report));
  if (!report.failures.empty()) return ExitStatus::source_unavailable;
  return report.quarantined.empty() ? ExitStatus::done : ExitStatus::quarantined;
}

}  // namespace agreementd::daemon
