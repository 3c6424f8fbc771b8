#pragma once

#include <string>
#include <vector>

#include "daemon/history.h"
#include "daemon/rebuilding.h"
#include "daemon/run_once.h"
#include "model/history.h"

/// What a person reads after an operation. Texts from outside are made printable here.
namespace agreementd::daemon {

/// The first 8 digits of an id: what the command line takes.
std::string short_id(const Sha256& id);

/// `signed 2025-06-12 → 2025-06-11`; an empty side is `(blank)`.
std::string field_text(const std::string& field, const std::string& before,
                       const std::string& after);

/// One line: `new         TX  Bexar County Sheriff's Office  TFM  signed 2025-06-12  (listed)`. An
/// application that leaves is `left`, never terminated.
std::string change_line(const Change& change);

/// The last `limit` entries, a line each, indented, and how many there are before them.
std::string entry_lines(const std::vector<NewEntry>& entries, std::size_t limit);

/// `3 entries: 2 new, 1 changed`; applications that leave are `left`.
std::string count_entries(const std::vector<NewEntry>& entries);

/// `participating list of 2025-04-21, FILE`; `participating list without a date, FILE` where
/// nothing dates it.
std::string edition_name(const Edition& edition);

/// Each quarantined edition, why, and what to do.
std::string quarantine_text(const std::vector<Edition>& editions);

/// After an import that was done.
std::string import_text(const ImportReport& report);

/// After a poll: a line for each URL asked, what changed, what is wrong with the source.
std::string poll_text(const PollReport& report);

/// After an import that was refused: every entry that would be retracted, and what to do.
std::string refusal_text(const ImportReport& report, int limit);

/// What a rebuild changed, or would: each entry that goes (`-`) and comes (`+`), by agreement and
/// date; editions whose status is another; how many versions and reviews. Empty where nothing is.
std::string rebuild_text(const RebuildReport& report);

}  // namespace agreementd::daemon
