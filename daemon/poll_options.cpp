#include "daemon/poll_options.h"

#include <fmt/format.h>

#include "model/result.h"

namespace agreementd::daemon {

PollOptions poll_options(const std::string& given, const Configuration& configuration) {
  PollOptions poll;
  const auto page = given.empty() ? configuration.source.page : given;
  if (page.empty())
    throw Failure(
        "no page to poll: set source.page in the configuration (agreementctl poll: or --page URL), "
        "as in https://www.ice.gov/identify-and-arrest/287g",
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

}  // namespace agreementd::daemon
