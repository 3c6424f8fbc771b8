#pragma once

#include <functional>
#include <string>
#include <vector>

#include "daemon/console.h"
#include "model/result.h"

namespace agreementd::daemon {

/// The service's program: `agreementd [--config FILE]`. Returns when it was told to stop by SIGTERM
/// or SIGINT. `between`: done in its loop each time before it waits; for tests of what becomes of a
/// loop that stalls.
ExitStatus run_agreementd(const std::vector<std::string>& arguments, Console& console,
                          const std::function<void()>& between = {});

}  // namespace agreementd::daemon
