#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <vector>

#include "daemon/poll_records.h"
#include "daemon/readings.h"
#include "daemon/run_once.h"

namespace agreementd::daemon {

/// What a visit to the source found.
struct Visit {
  std::vector<Asked> asked;           ///< the page first
  std::vector<Notice> notices;        ///< what is wrong with the source now
  bool page_read = false;             ///< the page was had: `notices` is all that is wrong
  std::vector<std::string> failures;  ///< those of them that say what could not be had
  std::optional<std::chrono::seconds> again_after;
};

/// Asks for the page and what it links, and stores the evidence of each answer before it asks for
/// the next: the fetch always, the bytes where they are a list or a workbook nobody can read. Of a
/// page without a list in it they are kept where its links differ from those of the last one kept,
/// of anything else (a barrier, a damaged file) once a day.
Visit visit_source(PollRecords& records, fetchers::Fetcher& fetcher, const PollOptions& options,
                   Readings& readings, const Clock& clock, const std::stop_token& stop);

}  // namespace agreementd::daemon
