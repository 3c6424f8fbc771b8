#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/history.h"
#include "storage/store.h"
#include "storage/table.h"

/// What was told to whom, and how far. The change log is the outbox: a sink has a place in it
/// (storage/outgoing.h is what comes next there). Needs the writer role.
namespace agreementd::storage {

/// What a sink is told: entries of the change log, or the operator's notices.
enum class Tells { changes, notices };

/// Entries to be sent to a sink again.
struct Replay {
  std::int64_t replay_id = 0;
  std::int64_t from = 0, to = 0;  ///< by seq, both included
};

/// How it stands with a sink.
struct SinkState {
  std::string sink;  ///< its name in the configuration
  Tells tells = Tells::changes;
  std::int64_t position = 0;  ///< seq (or event) of the last one that is done with
  int failures = 0;           ///< attempts in a row that failed
  std::optional<Instant> retry_at;
  std::string trouble;  ///< why the last attempt failed; empty: it did not
  std::optional<Instant> disabled_at;
  std::int64_t term = 0;  ///< whoever took it up with an older one sends nothing more
  /// The last run that was recorded: with another, what was read of entries may hold no more.
  std::int64_t run = 0;
  std::optional<Instant> next_at;  ///< when the entry after `position` was recorded; absent: none
  std::optional<Replay> replay;    ///< the oldest that is not done
};

/// Takes a sink up as configured, in a term of its own: whoever had it before begins nothing more.
/// It begins at the end of what it is told, and one that is known stays where it is. `destination`:
/// digest of where it leads; where that is another than before, what failed there is forgotten. All
/// zeros: nobody knows, its secret is missing; nothing is forgotten.
SinkState register_sink(Store& store, const std::string& sink, Tells tells,
                        const Sha256& destination);
/// The other sinks are taken out: named again, they begin at the end. Closes what is open about
/// them: nobody will mend it.
void retire_other_sinks(Store& store, const std::vector<std::string>& sinks, Instant now);
/// Failure where there is none of that name.
SinkState sink_state(Store& store, const std::string& sink);

/// Written before a message is sent. Answers the number of the attempt; nothing: the term is over,
/// and nothing is to be sent.
std::optional<std::int64_t> begin_delivery(Store& store, const std::string& sink, std::int64_t term,
                                           const std::string& message_id,
                                           const std::vector<std::int64_t>& seqs, Instant now);

/// What became of an attempt, and how the sink stands by it.
struct Ending {
  std::int64_t delivery_id = 0;
  std::string outcome;  ///< `delivered`, `refused`, `gone`, `failed`
  std::string detail;
  SinkState after;
  std::vector<Notice> open;   ///< notices that it brings …
  std::vector<Notice> close;  ///< … and ends; by kind and subject
};
/// Whether `end_delivery` waits for other writers: notices are written under their lock.
bool waits_for_writers(Store& store, const Ending& ending);
void end_delivery(Store& store, const Ending& ending, Instant now);
/// Nothing was sent: what comes up to there is not for this sink.
void pass_over(Store& store, const std::string& sink, std::int64_t position);

/// Asks that entries be sent again. Failure where there is no such sink, or it was taken out, or no
/// such entry. Ends that the sink is disabled, or waits.
void ask_for_replay(Store& store, const std::string& sink, std::int64_t from, std::int64_t to,
                    const std::string& by, Instant now);
/// Ends that the sink is disabled, or waits: it is sent what comes next. Failure where there is
/// none of that name, or it was taken out.
void revive(Store& store, const std::string& sink);
/// All of it was done with. Ends the notices of dead letters that lie in it, but for those that
/// were refused again.
void close_replay(Store& store, const std::string& sink, const Replay& replay, Instant now);

/// How far a sink is behind.
struct SinkLag {
  std::int64_t entries = 0;       ///< due (of notices: events), and not done with
  std::optional<Instant> oldest;  ///< when the first of them was recorded
  std::int64_t refused = 0;       ///< messages that are dead letters, and were not delivered since
};
/// `until`: entries are due that were recorded by then.
SinkLag sink_lag(Store& store, const std::string& sink, Instant until);

/// Sinks and how far they are:
/// `sink,tells,behind,failures,retry_at,disabled_at,trouble,taken_out,delivered_at`.
Table sinks(Store& store);
/// Attempts, the newest first; Failure where there is no such sink:
/// `at,sink,outcome,first_seq,last_seq,entries,message_id,detail`. Empty `sink`: of all.
Table deliveries(Store& store, const std::string& sink, int limit);

}  // namespace agreementd::storage
