#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "daemon/poll_records.h"
#include "daemon/progress.h"
#include "fetchers/fetcher.h"
#include "model/clock.h"
#include "model/difference.h"
#include "model/history.h"
#include "storage/store.h"
#include "tracking/rules.h"

/// One poll of the source, as `agreementctl poll` and the service do it.
namespace agreementd::daemon {

struct PollOptions {
  std::string page;                ///< the page that links the lists; or a list itself
  std::vector<std::string> hosts;  ///< where its links may lead beside its own host
  int retraction_limit = 20;       ///< a poll that would take back more is held
  /// What is still to be asked for after so long waits for the next poll.
  std::chrono::minutes longest{10};
  tracking::Plausibility plausibility = {};
};

/// A URL that was asked for, or was not to be (robots, a host that is not allowed).
struct Asked {
  std::string url;
  Outcome outcome = Outcome::ok;
  std::string detail;                     ///< of a failure: one line
  std::string file_name;                  ///< as served; empty: none
  std::optional<List> list;               ///< what came, or stands unmodified, is this list
  bool news = false;                      ///< it brought something not seen before
  std::chrono::milliseconds duration{0};  ///< with all attempts; 0 where it was not asked
};

struct PollReport {
  std::vector<Asked> asked;          ///< the page first
  int new_editions = 0;              ///< standing now, and not before
  std::vector<NewEntry> entries;     ///< written
  std::vector<Edition> quarantined;  ///< newly quarantined editions
  std::vector<Notice> notices;       ///< what is wrong with the source now, or was odd of a list
  std::vector<Notice> opened;        ///< those of them that were not told before
  /// Why the page, or a list it links, could not be had; one line each. They are among the notices.
  std::vector<std::string> failures;
  bool kept_in_spool = false;  ///< the database went away: what came waits there, nothing is folded
  /// When to poll again, if sooner (a file that is not yet there) or later (the source asked for
  /// it) than usual.
  std::optional<std::chrono::seconds> again_after;
};

/// What a poll works with.
struct Poller {
  fetchers::Fetcher& fetcher;
  const PollOptions& options;
  const Clock& clock;
  std::stop_token stop = {};
  ShowProgress progress = no_progress;
};

/// Fetches the page and the lists it links, stores the evidence, folds it, stores the consequences.
/// What a poll before it left unfolded is folded first. Failures of the source are in the report;
/// those of the database are thrown as `Failure`, and `fetchers::Cancelled` where it was told to
/// stop: what was stored by then is folded by the next.
PollReport run_once(storage::Store& store, const Poller& poller);

/// The same with records that may be kept in a spool from the moment `store` is away; they are of
/// that store.
PollReport run_once(storage::Store& store, PollRecords& records, const Poller& poller);

/// The first half alone, while the database is away: what comes waits in the spool.
PollReport run_without_database(PollRecords& records, const Poller& poller);

/// Folds what was stored and not folded: by a poll that was interrupted, or from the spool.
PollReport fold_waiting(storage::Store& store, const Poller& poller);

}  // namespace agreementd::daemon
