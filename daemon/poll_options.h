#pragma once

#include <string>

#include "daemon/configuration/configuration.h"
#include "daemon/run_once.h"
#include "fetchers/fetcher.h"

namespace agreementd::daemon {

/// What to poll, by `page` or where that is empty the configured one. Failure (usage) where there
/// is none, or it is no address.
PollOptions poll_options(const std::string& page, const Configuration& configuration);

/// How to ask for it.
fetchers::Settings fetch_settings(const Source& source);

}  // namespace agreementd::daemon
