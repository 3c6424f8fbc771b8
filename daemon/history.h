#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/progress.h"
#include "model/clock.h"
#include "model/difference.h"
#include "model/history.h"
#include "model/input.h"
#include "storage/store.h"
#include "tracking/rules.h"

/// The one operation: append inputs, fold, write the difference.
namespace agreementd::daemon {

/// A file to import.
struct Candidate {
  std::string path;
  std::string file_name;  ///< base name: what ICE, or an archive, called it
  std::string bytes;
  /// Found in a folder rather than named by a person, and not named as a workbook: where it is no
  /// list, it is skipped and counted, and is no error.
  bool skip_unless_list = false;
};

struct ImportOptions {
  bool yes = false;
  int retraction_limit = 20;
  tracking::Plausibility plausibility = {};
};

struct ImportReport {
  int lists = 0;          ///< readable lists given
  int new_documents = 0;  ///< whose bytes were not stored before
  int new_fetches = 0;
  int new_editions = 0;              ///< standing now, and not before
  int skipped = 0;                   ///< files that are no list (folder import)
  std::vector<std::string> errors;   ///< one line per unreadable list
  std::vector<NewEntry> entries;     ///< written; where refused: what would be written
  std::vector<Edition> quarantined;  ///< newly quarantined editions
  /// More than `retraction_limit` standing entries would be retracted: nothing stored.
  bool refused = false;
};

/// Imports lists, in any order; again changes nothing.
ImportReport import_lists(storage::Store& store, const std::vector<Candidate>& candidates,
                          const ImportOptions& options, const Clock& clock,
                          const ShowProgress& progress = no_progress);

struct VerdictRequest {
  std::string edition;  ///< 8 or more hex digits of its id, or a file name when unique
  VerdictKind kind = VerdictKind::approve;
  std::string by;
  std::string why;
  std::optional<Instant> redated_to = {};  ///< of a redate
};

struct VerdictReport {
  Edition edition;  ///< as it is after the verdict; of a redate perhaps a neighbour it joined
  std::vector<NewEntry> entries;
};

/// Gives a verdict on every sighting the edition has. Failure where there is none or more than one
/// of that name, where one to be approved has no date, and where it is redated to the future.
VerdictReport give_verdict(storage::Store& store, const VerdictRequest& request, const Clock& clock,
                           const tracking::Plausibility& plausibility = {});

struct EditionRow {
  Edition edition;
  std::vector<Verdict::Subject> sightings;
};

/// Every standing edition in order with its sightings. Needs a role that may read the inputs.
std::vector<EditionRow> edition_sightings(storage::Store& store);

}  // namespace agreementd::daemon
