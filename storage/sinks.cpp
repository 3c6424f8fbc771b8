#include "storage/sinks.h"

#include <algorithm>

#include "storage/connection.h"
#include "storage/listener.h"
#include "storage/notices.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

std::string to_text(Tells tells) { return tells == Tells::changes ? "changes" : "notices"; }

const std::string state_columns =
    "SELECT sink, tells = 'changes', position, failures, retry_at, trouble, disabled_at,"
    " (SELECT coalesce(max(run_id), 0) FROM runs), replay_id, from_seq, to_seq,"
    " (SELECT recorded_at FROM entries WHERE tells = 'changes' AND seq = position + 1), term"
    " FROM sinks LEFT JOIN LATERAL ("
    "  SELECT replay_id, from_seq, to_seq FROM replays"
    "  WHERE replays.sink = sinks.sink AND closed_at IS NULL"
    "  ORDER BY replay_id LIMIT 1) AS asked ON true";

SinkState read_state(const Values& row) {
  SinkState state;
  state.sink = read_text(row[0]);
  state.tells = read_bool(row[1]) ? Tells::changes : Tells::notices;
  state.position = read_integer(row[2]);
  state.failures = read_int(row[3]);
  state.retry_at = read_optional_instant(row[4]);
  state.trouble = read_text_or_empty(row[5]);
  state.disabled_at = read_optional_instant(row[6]);
  state.run = read_integer(row[7]);
  if (row[8]) state.replay = {read_integer(row[8]), read_integer(row[9]), read_integer(row[10])};
  state.next_at = read_optional_instant(row[11]);
  state.term = read_integer(row[12]);
  return state;
}

SinkState state_of(Transaction& transaction, const std::string& sink) {
  const auto rows = transaction.query(state_columns + " WHERE sink = $1", {sink}).rows;
  if (rows.empty())
    throw Failure("no sink " + sink +
                  " was ever used: it is by the service, once [[alert]] in the configuration "
                  "names it");
  return read_state(rows.at(0));
}

// One that begins, begins at the end: the lock keeps that end where it is.
constexpr auto register_sql = R"sql(
WITH head AS (
  SELECT CASE $2 WHEN 'changes' THEN (SELECT coalesce(max(seq), 0) FROM entries)
    ELSE (SELECT coalesce(max(event_id), 0) FROM notice_events) END AS position)
INSERT INTO sinks (sink, tells, position, destination, begins_after)
SELECT $1, $2, position, $3, position FROM head
ON CONFLICT (sink) DO UPDATE SET tells = excluded.tells, destination = excluded.destination,
  term = sinks.term + 1,
  position = CASE WHEN sinks.tells = excluded.tells AND sinks.destination <> ''
    THEN sinks.position ELSE excluded.position END,
  begins_after = CASE WHEN sinks.tells = excluded.tells AND sinks.destination <> ''
    THEN sinks.begins_after ELSE excluded.begins_after END,
  failures = CASE WHEN sinks.destination = excluded.destination THEN sinks.failures ELSE 0 END,
  retry_at = CASE WHEN sinks.destination = excluded.destination THEN sinks.retry_at END,
  disabled_at = CASE WHEN sinks.destination = excluded.destination THEN sinks.disabled_at END)sql";

void write_state(Transaction& transaction, const SinkState& state) {
  transaction.execute(
      "UPDATE sinks SET position = greatest(position, $2), failures = $3, retry_at = $4, trouble = "
      "$5,"
      " disabled_at = $6 WHERE sink = $1",
      {state.sink, to_value(state.position), to_value(state.failures), to_value(state.retry_at),
       or_null(state.trouble), to_value(state.disabled_at)});
}

void write_revived(Transaction& transaction, const std::string& sink) {
  transaction.execute(
      "UPDATE sinks SET failures = 0, retry_at = NULL, disabled_at = NULL WHERE sink = $1", {sink});
  tell_sinks(transaction);
}

bool is_open(Transaction& transaction, const Notice& notice) {
  return !transaction
              .query("SELECT FROM notices WHERE kind = $1 AND subject = $2 AND closed_at IS NULL",
                     {notice.kind, notice.subject})
              .rows.empty();
}

bool tells(Transaction& transaction, const Ending& ending) {
  return !ending.open.empty() || std::ranges::any_of(ending.close, [&](const Notice& notice) {
    return is_open(transaction, notice);
  });
}

}  // namespace

SinkState register_sink(Store& store, const std::string& sink, Tells tells,
                        const Sha256& destination) {
  const auto transaction = store.connection().begin();
  // Where nothing else changes, nobody who writes for long is waited for.
  const bool nobody_knows_where = destination == Sha256{};
  const auto known = transaction->execute(
      "UPDATE sinks SET term = term + 1 WHERE sink = $1 AND tells = $2"
      " AND (destination = $3 OR $4::boolean AND destination <> '')",
      {sink, to_text(tells), to_hex(destination), to_value(nobody_knows_where)});
  if (known == 0) {
    transaction->take_writer_lock();
    transaction->execute(register_sql, {sink, to_text(tells), to_hex(destination)});
  }
  auto state = state_of(*transaction, sink);
  transaction->commit();
  return state;
}

void retire_other_sinks(Store& store, const std::vector<std::string>& sinks, Instant now) {
  {
    const auto transaction = store.connection().begin();
    transaction->execute(
        "UPDATE sinks SET destination = '' WHERE sink <> ALL ($1::text[]) AND destination <> ''",
        {text_array(sinks)});
    transaction->commit();
  }
  // The subject begins with the sink's name, which has no spaces.
  const auto open = store.connection().query(
      "SELECT kind, subject FROM notices WHERE closed_at IS NULL"
      " AND kind IN ('sink failing', 'sink gone', 'dead letter')"
      " AND split_part(subject, ' ', 1) <> ALL ($1::text[])",
      {text_array(sinks)});
  if (open.rows.empty()) return;
  const auto transaction = store.connection().begin();
  transaction->take_writer_lock();
  for (const auto& row : open.rows)
    close_notice(*transaction, read_text(row[0]), read_text(row[1]), now);
  transaction->commit();
}

SinkState sink_state(Store& store, const std::string& sink) {
  return state_of(*store.connection().begin(), sink);
}

std::optional<std::int64_t> begin_delivery(Store& store, const std::string& sink, std::int64_t term,
                                           const std::string& message_id,
                                           const std::vector<std::int64_t>& seqs, Instant now) {
  const auto rows = store.connection()
                        .query(
                            "INSERT INTO deliveries (sink, message_id, seqs, begun_at)"
                            " SELECT sink, $3::text, $4::bigint[], $5::timestamptz FROM sinks"
                            " WHERE sink = $1 AND term = $2 RETURNING delivery_id",
                            {sink, to_value(term), message_id, integer_array(seqs), to_value(now)})
                        .rows;
  if (rows.empty()) return std::nullopt;
  return read_integer(rows.at(0).at(0));
}

bool waits_for_writers(Store& store, const Ending& ending) {
  if (!ending.open.empty() || ending.close.empty()) return !ending.open.empty();
  return tells(*store.connection().begin(), ending);
}

void end_delivery(Store& store, const Ending& ending, Instant now) {
  // Notices are written under the writers' lock, which an ordinary delivery need not wait for.
  const auto transaction = store.connection().begin();
  if (tells(*transaction, ending))
    transaction->take_writer_lock();
  else
    // Need not be on disk before the next message, whose beginning has to be, and this with it:
    // where the server crashes in between, this message is sent twice.
    transaction->execute("SET LOCAL synchronous_commit = off");
  transaction->execute(
      "INSERT INTO delivery_outcomes (delivery_id, outcome, detail, ended_at)"
      " VALUES ($1, $2, $3, $4)",
      {to_value(ending.delivery_id), ending.outcome, or_null(storable(ending.detail)),
       to_value(now)});
  write_state(*transaction, ending.after);
  for (const auto& notice : ending.close)
    close_notice(*transaction, notice.kind, notice.subject, now);
  for (const auto& notice : ending.open) open_notice(*transaction, notice, now);
  transaction->commit();
}

void pass_over(Store& store, const std::string& sink, std::int64_t position) {
  const auto transaction = store.connection().begin();
  transaction->execute("UPDATE sinks SET position = $2 WHERE sink = $1 AND position < $2",
                       {sink, to_value(position)});
  transaction->commit();
}

namespace {

/// Nobody sends to one that was taken out.
SinkState state_of_configured(Transaction& transaction, const std::string& sink) {
  auto state = state_of(transaction, sink);
  const auto out =
      transaction.query("SELECT FROM sinks WHERE sink = $1 AND destination = ''", {sink});
  if (!out.rows.empty())
    throw Failure("sink " + sink +
                  " was taken out of the configuration: name it in an [[alert]] again");
  return state;
}

}  // namespace

void ask_for_replay(Store& store, const std::string& sink, std::int64_t from, std::int64_t to,
                    const std::string& by, Instant now) {
  const auto transaction = store.connection().begin();
  const auto state = state_of_configured(*transaction, sink);
  if (state.tells != Tells::changes)
    throw Failure("sink " + sink + " is told notices, which are not sent again");
  const auto last = read_integer(
      transaction->query("SELECT coalesce(max(seq), 0) FROM entries").rows.at(0).at(0));
  if (from < 1 || to < from || to > last)
    throw Failure("there are no entries " + std::to_string(from) + " to " + std::to_string(to) +
                  ": the last one is " + std::to_string(last));
  transaction->execute(
      "INSERT INTO replays (sink, from_seq, to_seq, asked_by, asked_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {sink, to_value(from), to_value(to), storable(by), to_value(now)});
  write_revived(*transaction, sink);
  transaction->commit();
}

void revive(Store& store, const std::string& sink) {
  const auto transaction = store.connection().begin();
  state_of_configured(*transaction, sink);  // or it says that there is none
  write_revived(*transaction, sink);
  transaction->commit();
}

void close_replay(Store& store, const std::string& sink, const Replay& replay, Instant now) {
  const auto transaction = store.connection().begin();
  const auto mended = transaction->query(
      R"sql(
WITH letters AS (
  SELECT subject, split_part(split_part(subject, ' ', 2), '-', 1)::bigint AS first,
    split_part(subject, '-', -1)::bigint AS last
  FROM notices WHERE closed_at IS NULL AND kind = 'dead letter'
    AND split_part(subject, ' ', 1) = $1 AND subject ~ ' [0-9]+-[0-9]+$')
SELECT subject FROM letters
WHERE first >= $2 AND last <= $3 AND NOT EXISTS (
  SELECT FROM deliveries JOIN delivery_outcomes USING (delivery_id)
  WHERE sink = $1 AND outcome = 'refused' AND seqs && ARRAY[first, last]
    AND begun_at >= (SELECT asked_at FROM replays WHERE replay_id = $4)))sql",
      {sink, to_value(replay.from), to_value(replay.to), to_value(replay.replay_id)});
  if (!mended.rows.empty()) transaction->take_writer_lock();
  for (const auto& row : mended.rows)
    close_notice(*transaction, "dead letter", read_text(row[0]), now);
  transaction->execute(
      "UPDATE replays SET closed_at = greatest($2::timestamptz, asked_at) WHERE replay_id = $1",
      {to_value(replay.replay_id), to_value(now)});
  transaction->commit();
}

SinkLag sink_lag(Store& store, const std::string& sink, Instant until) {
  const auto rows = store.connection()
                        .query(R"sql(
SELECT CASE tells WHEN 'changes' THEN (
    SELECT count(*) FROM entries e WHERE e.seq > position AND e.recorded_at <= $2)
    ELSE (SELECT count(*) FROM notice_events n WHERE n.event_id > position) END,
  CASE tells WHEN 'changes' THEN (
    SELECT recorded_at FROM entries e WHERE e.seq = position + 1 AND e.recorded_at <= $2)
    ELSE (SELECT min(at) FROM notice_events n WHERE n.event_id > position) END,
  CASE tells WHEN 'notices' THEN (SELECT count(*) FROM notices
    WHERE closed_at IS NULL AND kind = 'dead letter' AND subject = sinks.sink)
  ELSE (SELECT count(DISTINCT d.message_id) FROM deliveries d JOIN delivery_outcomes o USING (delivery_id)
   WHERE d.sink = sinks.sink AND o.outcome = 'refused' AND NOT EXISTS (
     SELECT FROM deliveries n JOIN delivery_outcomes p USING (delivery_id)
     WHERE n.sink = d.sink AND n.message_id = d.message_id AND p.outcome = 'delivered'
       AND n.delivery_id > d.delivery_id)) END
FROM sinks WHERE sink = $1)sql",
                               {sink, to_value(until)})
                        .rows;
  if (rows.empty()) return {};
  return {read_integer(rows[0][0]), read_optional_instant(rows[0][1]), read_integer(rows[0][2])};
}

Table sinks(Store& store) {
  return store.connection().query(R"sql(
SELECT sink, tells, CASE tells WHEN 'changes' THEN (SELECT coalesce(max(seq), 0) FROM entries)
    ELSE (SELECT coalesce(max(event_id), 0) FROM notice_events) END - position AS behind,
  failures, retry_at, disabled_at, trouble, destination = '' AS taken_out, (
    SELECT max(ended_at) FROM deliveries d JOIN delivery_outcomes o USING (delivery_id)
    WHERE d.sink = sinks.sink AND o.outcome = 'delivered') AS delivered_at
FROM sinks ORDER BY sink)sql");
}

Table deliveries(Store& store, const std::string& sink, int limit) {
  if (!sink.empty()) sink_state(store, sink);  // or it says that there is none
  return store.connection().query(R"sql(
SELECT coalesce(ended_at, begun_at) AS at, sink, coalesce(outcome, CASE
    WHEN begun_at > now() - interval '1 minute' THEN 'under way' ELSE 'cut off' END) AS outcome,
  seqs[1] AS first_seq, seqs[cardinality(seqs)] AS last_seq, cardinality(seqs) AS entries,
  message_id, detail
FROM deliveries LEFT JOIN delivery_outcomes USING (delivery_id)
WHERE $1 = '' OR sink = $1 ORDER BY delivery_id DESC LIMIT $2)sql",
                                  {sink, to_value(limit)});
}

}  // namespace agreementd::storage
