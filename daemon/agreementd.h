#pragma once

#include <string>
#include <vector>

#include "daemon/console.h"
#include "model/result.h"

namespace agreementd::daemon {

/// The service's program: `agreementd [--config FILE]`. Returns when it was told to stop by SIGTERM
/// or SIGINT.
ExitStatus run_agreementd(const std::vector<std::string>& arguments, Console& console);

}  // namespace agreementd::daemon
