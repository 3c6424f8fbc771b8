#include "storage/outgoing.h"

#include <algorithm>
#include <map>

#include "model/json.h"
#include "storage/connection.h"
#include "storage/values.h"

/// What is told of an entry: to a sink next, or in a feed.
namespace agreementd::storage {
namespace {

/// Of the entries in `due` all that is told with them, as it was known when they were recorded:
/// whenever an entry is told, it is told in the same words. `$1`: the sink.
///
/// What was attempted is looked up for all of them at once: for each by itself it is a look at
/// every delivery while the server knows little of that table, or much of it waits to be indexed.
constexpr auto told_sql = R"sql(
told AS MATERIALIZED (
  SELECT due.*, old.entry AS old_entry, old.hash AS old_hash, signing.seq AS signing_seq,
    signing.entry AS signing_entry, signing.hash AS signing_hash,
    CASE WHEN said.at IN (SELECT recorded_at FROM entries WHERE retracts_seq IS NOT NULL) THEN (
      SELECT array_agg(o.entry ORDER BY o.seq)
      FROM corrected_entries(said.agreement_id, said.at) AS o
      WHERE o.seq > coalesce((SELECT begins_after FROM sinks WHERE sink = $1), 0)
        OR EXISTS (SELECT FROM deliveries d WHERE d.sink = $1 AND d.seqs @> ARRAY[o.seq])
    ) END AS replaced,
    CASE WHEN said.at IN (SELECT recorded_at FROM entries WHERE retracts_seq IS NOT NULL) THEN (
      SELECT array_agg(o.seq) FROM corrected_entries(said.agreement_id, said.at) AS o
    ) END AS replaced_seqs,
    CASE WHEN signing.at IN (SELECT recorded_at FROM entries WHERE retracts_seq IS NOT NULL) THEN (
      SELECT array_agg(o.entry ORDER BY o.seq)
      FROM corrected_entries(signing.agreement_id, signing.at) AS o
      WHERE o.seq > coalesce((SELECT begins_after FROM sinks WHERE sink = $1), 0)
    ) END AS signing_replaced
  FROM due
  LEFT JOIN entries old ON old.seq = due.retracts_seq
  CROSS JOIN LATERAL (
    SELECT coalesce(old.body, due.body) AS body, coalesce(old.seq, due.seq) AS seq,
      coalesce(old.agreement_id, due.agreement_id) AS agreement_id,
      coalesce(old.recorded_at, due.recorded_at) AS at
  ) AS said
  LEFT JOIN LATERAL (
    SELECT n.seq, n.entry, n.hash, n.agreement_id, n.recorded_at AS at FROM entries n
    WHERE said.body ->> 'reason' = 'signed' AND said.body ->> 'kind' = 'terminated'
      AND n.agreement_id = said.body ->> 'related_id' AND n.body ->> 'kind' IN ('new', 'reinstated')
      AND n.seq < said.seq
    ORDER BY n.seq DESC LIMIT 1) AS told ON true
  LEFT JOIN LATERAL (
    SELECT told.* WHERE NOT EXISTS (
      SELECT FROM entries l
      WHERE l.body ->> 'reason' = 'signed' AND l.body ->> 'related_id' = said.body ->> 'related_id'
        AND l.body ->> 'kind' = 'terminated' AND l.seq > told.seq AND l.seq < said.seq
    ) AND NOT EXISTS (
      SELECT FROM entries l
      WHERE l.agreement_id = said.body ->> 'agreement_id'
        AND l.body ->> 'kind' IN ('new', 'reinstated') AND l.seq > told.seq AND l.seq < said.seq)
  ) AS signing ON true
),
attempted AS MATERIALIZED (
  SELECT unnest(seqs) AS seq, coalesce(outcome, '') IN ('refused', 'gone') AS refused
  FROM deliveries LEFT JOIN delivery_outcomes USING (delivery_id)
  WHERE sink = $1 AND seqs && (
    SELECT array_agg(seq)
    FROM (SELECT unnest(ARRAY[seq, retracts_seq, signing_seq] || replaced_seqs) AS seq FROM told) AS wanted
    WHERE seq IS NOT NULL)
)
SELECT e.entry, e.hash, taken_back.seq IS NULL AS stands,
  e.seq IN (SELECT seq FROM attempted) AS attempted,
  e.old_entry, e.old_hash, e.retracts_seq IN (SELECT seq FROM attempted),
  e.signing_entry, e.signing_hash,
  e.signing_seq IN (SELECT seq FROM attempted WHERE NOT refused),
  application.entry, application.hash, moa.moa_url, same.names, e.replaced, e.signing_replaced,
  NOT EXISTS (SELECT FROM entries r WHERE r.retracts_seq = application.seq),
  EXISTS (SELECT FROM attempted WHERE seq = ANY (e.replaced_seqs))
FROM told e
LEFT JOIN entries taken_back ON taken_back.retracts_seq = e.seq
LEFT JOIN LATERAL (
  SELECT a.seq, a.entry, a.hash FROM entries a
  WHERE e.body ->> 'kind' IN ('new', 'reinstated') AND a.body ->> 'reason' = 'signed'
    AND a.body ->> 'kind' = 'terminated' AND a.body ->> 'related_id' = e.agreement_id
    AND a.recorded_at = e.recorded_at AND a.seq > e.seq
    AND NOT EXISTS (
      SELECT FROM entries l
      WHERE l.agreement_id IN (e.agreement_id, a.agreement_id)
        AND l.body ->> 'kind' IN ('new', 'reinstated') AND l.seq > e.seq AND l.seq < a.seq)
  ORDER BY a.seq LIMIT 1) AS application ON true
LEFT JOIN LATERAL (
  SELECT v.moa_url FROM versions v
  WHERE v.agreement_id = e.agreement_id AND v.recorded_from <= e.recorded_at
    AND (v.recorded_to IS NULL OR v.recorded_to > e.recorded_at)
  ORDER BY v.listed_from DESC LIMIT 1) AS moa ON true
LEFT JOIN LATERAL (
  SELECT array_agg(json_build_object('state', known.state, 'agency', known.agency, 'model',
      known.model, 'signed', coalesce(known.signed::text, ''))::text
    ORDER BY r.review_id, candidate.place) AS names
  FROM reviews r, unnest(r.agreement_ids) WITH ORDINALITY AS candidate (id, place), LATERAL (
    SELECT v.state, v.agency, v.model, v.signed FROM versions v
    WHERE v.agreement_id = candidate.id AND v.recorded_from <= e.recorded_at
    ORDER BY v.recorded_from DESC, v.listed_from DESC LIMIT 1) AS known
  WHERE (e.body ->> 'unconfirmed')::boolean AND r.recorded_from <= e.recorded_at
    AND (r.recorded_to IS NULL OR r.recorded_to > e.recorded_at)
    AND e.agreement_id = ANY (r.agreement_ids) AND candidate.id <> e.agreement_id) AS same ON true
ORDER BY e.seq)sql";

constexpr auto next_sql = R"sql(
WITH due AS MATERIALIZED (
  SELECT * FROM entries WHERE seq > $2 AND recorded_at <= $3 ORDER BY seq LIMIT $4),)sql";

constexpr auto these_sql = R"sql(
WITH due AS MATERIALIZED (SELECT * FROM entries WHERE seq = ANY ($2::bigint[])),)sql";

constexpr auto past_sql = R"sql(
WITH past AS MATERIALIZED (
  SELECT e.seq, e.entry, r.seq AS retraction, r.recorded_at AS retracted_at
  FROM entries e LEFT JOIN entries r ON r.retracts_seq = e.seq
  WHERE e.agreement_id = ANY ($2::text[]) AND e.retracts_seq IS NULL
    AND e.seq > coalesce((SELECT begins_after FROM sinks WHERE sink = $1), 0)
),
attempted AS MATERIALIZED (
  SELECT unnest(seqs) AS seq, delivery_id FROM deliveries
  WHERE sink = $1 AND seqs && (SELECT array_remove(array_agg(seq) || array_agg(retraction), NULL) FROM past)
),
sent AS (SELECT seq, min(delivery_id) AS delivery_id FROM attempted GROUP BY seq)
SELECT past.entry, past.retracted_at, sent.delivery_id, taken_back.delivery_id
FROM past LEFT JOIN sent ON sent.seq = past.seq LEFT JOIN sent taken_back ON taken_back.seq = past.retraction
ORDER BY past.seq)sql";

// A retraction is for whoever could read what it takes back, and so is what holds instead.
constexpr auto newest_sql = R"sql(
WITH due AS MATERIALIZED (
  (SELECT e.* FROM entries e
   WHERE e.retracts_seq IS NULL
     AND e.body @> '{"cause": "edition", "significance": "substantive"}' AND e.seq < $2
     AND ($3 = '' OR e.body ->> 'state' = $3 OR e.body -> 'before' ->> 'state' = $3)
   ORDER BY e.seq DESC LIMIT $4)
  UNION ALL
  (SELECT e.* FROM entries e LEFT JOIN entries old ON old.seq = e.retracts_seq
   CROSS JOIN LATERAL (
     SELECT coalesce(old.body, e.body) AS body, coalesce(old.recorded_at, e.recorded_at) AS at
   ) AS said
   WHERE e.recorded_at IN (SELECT recorded_at FROM entries WHERE retracts_seq IS NOT NULL)
     AND (e.retracts_seq IS NOT NULL OR e.body ->> 'cause' <> 'edition')
     AND e.seq < $2 AND said.body ->> 'significance' = 'substantive'
     AND ($3 = '' OR said.body ->> 'state' = $3 OR said.body -> 'before' ->> 'state' = $3)
     AND (said.body ->> 'cause' = 'edition' OR EXISTS (
       SELECT FROM corrected_entries(e.agreement_id, said.at) AS o
       WHERE o.body @> '{"cause": "edition", "significance": "substantive"}'))
   ORDER BY e.seq DESC LIMIT $4)
  ORDER BY seq DESC LIMIT $4),)sql";

Entry read_entry(const std::string& text) {
  auto entry = parse_entry(text);
  if (!entry) throw Failure("an entry of the change log cannot be read: " + entry.error());
  return std::move(*entry);
}

LoggedEntry read_logged(const Value& text, const Value& hash) {
  LoggedEntry logged;
  logged.text = read_text(text);
  logged.hash = read_sha256(hash);
  logged.entry = read_entry(logged.text);
  return logged;
}

std::optional<LoggedEntry> read_optional(const Value& text, const Value& hash) {
  if (!text) return std::nullopt;
  return read_logged(text, hash);
}

std::vector<Entry> read_entry_array(const Value& value) {
  std::vector<Entry> entries;
  if (value)
    for (const auto& text : read_text_array(value)) entries.push_back(read_entry(text));
  return entries;
}

/// An agreement by what it is called.
Change read_named(const std::string& text, List list) {
  auto facts = parse_json_strings(text).value_or(std::map<std::string, std::string>{});
  Change change;
  change.list = list;
  change.state = facts["state"];
  change.agency = facts["agency"];
  change.model = facts["model"];
  change.signed_on = parse_date(facts["signed"]);
  return change;
}

Outgoing read_outgoing(const Values& row) {
  Outgoing outgoing;
  outgoing.logged = read_logged(row[0], row[1]);
  outgoing.stands = read_bool(row[2]);
  outgoing.attempted = read_bool(row[3]);
  outgoing.retracted = read_optional(row[4], row[5]);
  outgoing.retracted_attempted = outgoing.retracted && read_bool(row[6]);
  if (row[7])
    outgoing.signing =
        Signing{read_logged(row[7], row[8]), read_bool(row[9]), read_entry_array(row[15])};
  if (row[10]) outgoing.application = Leaving{read_logged(row[10], row[11]), read_bool(row[16])};
  outgoing.moa_url = read_text_or_empty(row[12]);
  if (row[13])
    for (const auto& text : read_text_array(row[13]))
      outgoing.possibly_same.push_back(read_named(text, outgoing.logged.entry.change.list));
  outgoing.replaced = read_entry_array(row[14]);
  outgoing.replaced_told = read_bool(row[17]);
  return outgoing;
}

/// `due_sql`: which, as the beginning of the statement.
std::vector<Outgoing> read_entries(Store& store, const std::string& due_sql,
                                   const Values& parameters) {
  std::vector<Outgoing> entries;
  for (const auto& row : store.connection().query(due_sql + told_sql, parameters).rows)
    entries.push_back(read_outgoing(row));
  return entries;
}

}  // namespace

std::vector<Outgoing> outgoing_entries(Store& store, const std::string& sink, std::int64_t position,
                                       Instant until, int limit) {
  return read_entries(store, next_sql,
                      {sink, to_value(position), to_value(until), to_value(limit)});
}

std::vector<Outgoing> outgoing_entries(Store& store, const std::string& sink,
                                       const std::vector<std::int64_t>& seqs) {
  return read_entries(store, these_sql, {sink, integer_array(seqs)});
}

std::vector<PastEntry> past_entries(Store& store, const std::string& sink,
                                    const std::vector<std::string>& agreement_ids) {
  std::vector<PastEntry> past;
  for (const auto& row : store.connection().query(past_sql, {sink, text_array(agreement_ids)}).rows)
    past.push_back({read_entry(read_text(row[0])), read_optional_instant(row[1]),
                    read_optional_integer(row[2]), read_optional_integer(row[3])});
  return past;
}

std::vector<Outgoing> published_entries(Store& store, const std::string& state, std::int64_t before,
                                        int limit) {
  auto entries =
      read_entries(store, newest_sql, {std::string(), to_value(before), state, to_value(limit)});
  std::ranges::reverse(entries);
  return entries;
}

std::vector<NoticeEvent> outgoing_notices(Store& store, std::int64_t position, int limit) {
  std::vector<NoticeEvent> events;
  for (const auto& row :
       store.connection()
           .query("SELECT event_id, kind, subject, text, event = 'opened', opened_at, at"
                  " FROM notice_events JOIN notices USING (notice_id) WHERE event_id > $1"
                  " ORDER BY event_id LIMIT $2",
                  {to_value(position), to_value(limit)})
           .rows)
    events.push_back({read_integer(row[0]),
                      {read_text(row[1]), read_text(row[2]), read_text(row[3])},
                      read_bool(row[4]),
                      read_instant(row[5]),
                      read_instant(row[6])});
  return events;
}

}  // namespace agreementd::storage
