#pragma once

#include <map>
#include <string>

#include "daemon/configuration/configuration.h"
#include "daemon/service/journal.h"
#include "daemon/source_state.h"
#include "storage/store.h"
#include "web/metrics.h"

namespace agreementd::daemon {

/// Watches the state of the source and of each list: journal, metrics, and the notices that time
/// alone brings about.
class SourceWatch {
 public:
  SourceWatch(Journal& journal, web::Metrics& metrics) : journal_(journal), metrics_(metrics) {}

  /// `page`: as it is asked for. Tells what changed since it last looked, each change once.
  void look(storage::Store& store, const std::string& page, const Source& source, Instant now);

 private:
  void tell(const std::string& subject, const Condition& condition);
  void measure(const storage::SourceRecord& record, const std::map<List, Condition>& lists);

  Journal& journal_;
  web::Metrics& metrics_;
  std::map<std::string, Condition> told_;  ///< `source` and the lists
};

}  // namespace agreementd::daemon
