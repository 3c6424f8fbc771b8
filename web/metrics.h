#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/history.h"
#include "model/listing.h"
#include "model/outcome.h"
#include "model/source_state.h"
#include "model/time.h"

namespace agreementd::web {

/// What waits in the spool for the database.
struct SpoolGauges {
  std::size_t fetches = 0;
  std::uint64_t bytes = 0;
  std::uint64_t limit = 0;     ///< of bytes
  std::size_t unreadable = 0;  ///< files put aside, for a person
};

/// How far a sink is behind.
struct SinkGauges {
  std::size_t entries = 0;       ///< recorded and not done with
  std::chrono::seconds age{0};   ///< of the oldest of them
  std::size_t dead_letters = 0;  ///< messages it refused
};

/// What Prometheus is told: counters since the start of the program, gauges as they were last set.
/// Every series exists from the start, with 0 (of a time: never); source and lists are `waiting`.
/// No label names an agency. Any thread may call anything; a `text()` sees each call whole or not
/// at all.
class Metrics {
 public:
  using Duration = std::chrono::duration<double>;  ///< seconds

  /// `version`: the program's; `schema`: the number of the newest migration it knows.
  Metrics(std::string_view version, int schema);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// A request, whatever came of it: a page, a list, robots.txt.
  void count_fetch(Outcome outcome, Duration took);
  /// A poll ended at `ended`. `whole`: it had everything.
  void count_poll(Instant ended, Duration took, bool whole);
  /// What earlier runs of the program left behind, so that a restart does not look like silence.
  void set_last_poll(Instant ended);
  void set_last_success(Instant ended);
  /// Absent: none is planned (we stand by).
  void set_next_poll(std::optional<Instant> next);

  void set_source_state(SourceState state);
  void set_list_state(List list, SourceState state);
  /// Of the newest accepted edition: its instant, and how many rows it has.
  void set_last_edition(List list, Instant instant, std::size_t listings);
  void set_quarantined_editions(List list, std::size_t count);
  /// So many entries of the change log were written.
  void count_changes(List list, ChangeKind kind, std::size_t count = 1);

  /// An attempt to send to a sink ended: `delivered`, `refused`, `gone`, `failed`.
  void count_delivery(const std::string& sink, const std::string& outcome);
  void set_sink(const std::string& sink, const SinkGauges& gauges);
  /// All other sinks are no more: they have no series.
  void keep_sinks(const std::set<std::string>& sinks);

  /// Something the database was asked for failed; says nothing of whether it is up.
  void count_database_error();
  void set_database_up(bool up);
  void set_spool(const SpoolGauges& spool);
  /// Fetches that were not kept: the database was away and the spool had no room.
  void count_dropped_fetches(std::size_t count);
  void set_leader(bool leader);
  void set_open_notices(std::size_t count);

  /// All of it in Prometheus' text exposition format 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace agreementd::web
