#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/configuration.h"
#include "model/history.h"
#include "storage/source.h"

/// How the source and each list are, in a word, and what to do. Pure.
namespace agreementd::daemon {

enum class State {
  ok,
  waiting,       ///< not asked for yet
  failing,       ///< it cannot be had
  blocked,       ///< it refuses us
  link_missing,  ///< the page links no such list
  unlinked,      ///< for longer than configured
  silent,        ///< no new edition for longer than configured, though it is had
  quarantined,   ///< its newest edition waits for a person
};
/// The names above.
std::string_view name_of(State state);

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
