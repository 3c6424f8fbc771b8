#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/hash.h"
#include "storage/store.h"

/// Whether what is stored is what was recorded. Needs the writer role. The fold, which proves that
/// history follows from the inputs, is not looked at here (daemon/rebuilding.h).
namespace agreementd::storage {

/// An entry of the change log, as it was published elsewhere.
struct LogPoint {
  std::int64_t seq = 0;  ///< 0: before the first entry
  Sha256 hash;           ///< 32 zero bytes before the first entry
};

/// The last entry.
LogPoint log_head(Store& store);

/// The first thing that fails, one line; nothing where all holds.
///
/// Every entry follows the one before it without a gap, is canonical JSON, has the hash of the
/// chain, and its columns say what its text says. `from`: the log must still hold that entry; only
/// so a log that was cut short at its end is found out.
std::optional<std::string> fault_in_log(Store& store, const std::optional<LogPoint>& from);
/// Every document has the SHA-256 it is stored under.
std::optional<std::string> fault_in_documents(Store& store);
/// Every version, also of what was believed once, begins and ends at an edition accepted then.
std::optional<std::string> fault_in_versions(Store& store);

/// What every run recorded or ended, and the inputs it had before it, are as they were then: also
/// what is not believed any more, who decided what, and when.
std::optional<std::string> fault_in_runs(Store& store);

/// How much there is to verify.
struct StoreSize {
  std::int64_t entries = 0, documents = 0, versions = 0, editions = 0;
};
StoreSize store_size(Store& store);

}  // namespace agreementd::storage
