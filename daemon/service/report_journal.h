#pragma once

#include <cstdint>

#include "daemon/run_once.h"
#include "daemon/service/journal.h"

namespace agreementd::daemon {

/// What the journal keeps of a poll: news as lines, every request only on the level `debug`.
/// `run`: which poll of this process, in the field RUN_ID.
void write_report(Journal& journal, const PollReport& report, std::int64_t run);

}  // namespace agreementd::daemon
