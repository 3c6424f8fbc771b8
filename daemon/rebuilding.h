#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "daemon/progress.h"
#include "model/clock.h"
#include "model/difference.h"
#include "storage/proof.h"
#include "storage/store.h"
#include "tracking/rules.h"

/// History folded again from the documents: to take in what this program reads or decides better
/// than the one before, and to prove that what is stored follows from them.
namespace agreementd::daemon {

struct RebuildOptions {
  bool dry_run = false;  ///< look only
  bool yes = false;      ///< also where more than `retraction_limit` entries would be retracted
  std::size_t retraction_limit = 20;
  tracking::Plausibility plausibility = {};
};

struct RebuildReport {
  std::size_t read_again = 0;   ///< documents last read by older parsers
  Difference difference;        ///< written, or what would be
  std::vector<Edition> before;  ///< the editions as they were: for saying what became of each
  bool refused = false;         ///< too many retractions: nothing stored
};

/// Reads again what older parsers read, folds from the beginning, writes what differs. With an
/// unchanged program nothing does, and nothing is written.
RebuildReport rebuild(storage::Store& store, const RebuildOptions& options, const Clock& clock,
                      const ShowProgress& progress = no_progress);

/// The first thing that does not hold, one line; nothing where all does: the log, the documents,
/// the versions (storage/proof.h), that every document is read as it was, and that the fold of the
/// inputs is what is stored. Writes nothing, and nobody waits for
/// it.
std::optional<std::string> verify(storage::Store& store,
                                  const std::optional<storage::LogPoint>& from,
                                  const tracking::Plausibility& plausibility,
                                  const ShowProgress& progress = no_progress);

}  // namespace agreementd::daemon
