#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/configuration/configuration.h"
#include "model/history.h"
#include "model/source_state.h"
#include "storage/source.h"

/// How the source and each list are, in a word, and what to do. Pure.
namespace agreementd::daemon {

using State = SourceState;

struct Condition {
  State state = State::ok;
  std::optional<Instant> since;  ///< of `ok` and `waiting` unknown
  int times = 0;                 ///< polls in a row that failed
  std::string detail;            ///< the last error, or what is known
  std::string advice;            ///< what to do; empty: nothing
};

/// Of the page.
Condition source_condition(const storage::SourceRecord& record);
/// Of a list, the worst that holds of it.
Condition list_condition(const storage::SourceRecord& record, List list, const Source& source,
                         Instant now);
std::map<List, Condition> list_conditions(const storage::SourceRecord& record, const Source& source,
                                          Instant now);

/// `failing since 2026-03-01T12:00:00Z, 3 times, timeout: …: it is tried again`; `ok`.
std::string condition_text(const Condition& condition);

/// The notices that only time brings about: a list unlinked, or silent, for too long.
std::vector<Notice> overdue_notices(const std::map<List, Condition>& conditions);

}  // namespace agreementd::daemon
