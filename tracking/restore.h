#pragma once

#include <string>
#include <vector>

#include "model/difference.h"
#include "tracking/agreement.h"

namespace agreementd::tracking {

struct Restored {
  std::vector<Agreement> agreements;  ///< in the order they were first listed
  std::vector<std::string> ids;       ///< of the agreements, after redirects
  std::vector<std::string> agencies;  ///< of the agreements, after redirects
};

/// The agreements as they stood at the end of `prefix`: versions begun later are dropped, versions
/// ended later are open again.
Restored restore(const StoredHistory& stored, const std::vector<Edition>& prefix);

}  // namespace agreementd::tracking
