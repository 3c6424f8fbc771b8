#include "storage/connection.h"
#include "storage/published.h"
#include "storage/sinks.h"
#include "storage/values.h"

/// What is told of an entry: to a sink next, or in a feed.
namespace agreementd::storage {
namespace {

/// What is told with an entry is as it was known when that was recorded: whenever it is told, it is
/// told in the same words. `$1`: the sink.
const std::string entries_sql = R"sql(
SELECT e.entry, e.hash, taken_back.seq IS NULL AS stands, EXISTS (
    SELECT FROM deliveries d WHERE d.sink = $1 AND d.seqs @> ARRAY[e.seq]) AS attempted,
  old.entry, old.hash, EXISTS (
    SELECT FROM deliveries d WHERE d.sink = $1 AND d.seqs @> ARRAY[e.retracts_seq]),
  signing.entry, signing.hash, application.entry, application.hash, moa.moa_url, same.entries
FROM entries e
LEFT JOIN entries taken_back ON taken_back.retracts_seq = e.seq
LEFT JOIN entries old ON old.seq = e.retracts_seq
CROSS JOIN LATERAL (
  SELECT coalesce(old.body, e.body) AS body, coalesce(old.recorded_at, e.recorded_at) AS at) AS told
LEFT JOIN LATERAL (
  SELECT n.entry, n.hash FROM entries n
  WHERE told.body ->> 'reason' = 'signed' AND told.body ->> 'kind' = 'terminated'
    AND n.agreement_id = told.body ->> 'related_id' AND n.body ->> 'kind' IN ('new', 'reinstated')
    AND n.recorded_at <= told.at
  ORDER BY n.seq DESC LIMIT 1) AS signing ON true
LEFT JOIN LATERAL (
  SELECT a.entry, a.hash FROM entries a
  WHERE e.body ->> 'kind' IN ('new', 'reinstated') AND a.body ->> 'reason' = 'signed'
    AND a.body ->> 'kind' = 'terminated' AND a.body ->> 'related_id' = e.agreement_id
    AND a.recorded_at = e.recorded_at
  ORDER BY a.seq LIMIT 1) AS application ON true
LEFT JOIN LATERAL (
  SELECT v.moa_url FROM versions v
  WHERE v.agreement_id = e.agreement_id AND v.recorded_from <= e.recorded_at
    AND (v.recorded_to IS NULL OR v.recorded_to > e.recorded_at)
  ORDER BY v.listed_from DESC LIMIT 1) AS moa ON true
LEFT JOIN LATERAL (
  SELECT array_agg(named.entry ORDER BY r.review_id, candidate.place) AS entries
  FROM reviews r, unnest(r.agreement_ids) WITH ORDINALITY AS candidate (id, place), LATERAL (
    SELECT n.entry FROM entries n
    WHERE n.agreement_id = candidate.id AND n.recorded_at <= e.recorded_at
    ORDER BY n.seq DESC LIMIT 1) AS named
  WHERE (e.body ->> 'unconfirmed')::boolean AND r.recorded_from <= e.recorded_at
    AND (r.recorded_to IS NULL OR r.recorded_to > e.recorded_at)
    AND e.agreement_id = ANY (r.agreement_ids) AND candidate.id <> e.agreement_id) AS same ON true
)sql";

// A retraction is for whoever could read what it takes back.
const std::string published_sql = entries_sql + R"sql(
WHERE $1 = '' AND e.seq < $2 AND ($3 = '' OR e.body ->> 'state' = $3)
  AND told.body @>
    '{"cause": "edition", "significance": "substantive"}'
ORDER BY e.seq DESC LIMIT $4)sql";

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

Outgoing read_outgoing(const Values& row) {
  Outgoing outgoing;
  outgoing.logged = read_logged(row[0], row[1]);
  outgoing.stands = read_bool(row[2]);
  outgoing.attempted = read_bool(row[3]);
  outgoing.retracted = read_optional(row[4], row[5]);
  outgoing.retracted_attempted = outgoing.retracted && read_bool(row[6]);
  outgoing.signing = read_optional(row[7], row[8]);
  outgoing.application = read_optional(row[9], row[10]);
  outgoing.moa_url = read_text_or_empty(row[11]);
  if (row[12])
    for (const auto& text : read_text_array(row[12]))
      outgoing.possibly_same.push_back(read_entry(text).change);
  return outgoing;
}

std::vector<Outgoing> read_entries(Store& store, const std::string& sql, const Values& parameters) {
  std::vector<Outgoing> entries;
  for (const auto& row : store.connection().query(sql, parameters).rows)
    entries.push_back(read_outgoing(row));
  return entries;
}

}  // namespace

std::vector<Outgoing> outgoing_entries(Store& store, const std::string& sink, std::int64_t position,
                                       Instant until, int limit) {
  return read_entries(
      store, entries_sql + "WHERE e.seq > $2 AND e.recorded_at <= $3 ORDER BY e.seq LIMIT $4",
      {sink, to_value(position), to_value(until), to_value(limit)});
}

std::vector<Outgoing> published_entries(Store& store, const std::string& state, std::int64_t before,
                                        int limit) {
  return read_entries(store, published_sql,
                      {std::string(), to_value(before), state, to_value(limit)});
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
