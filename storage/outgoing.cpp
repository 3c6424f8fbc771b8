#include "storage/connection.h"
#include "storage/sinks.h"
#include "storage/values.h"

/// What a sink is to be told next.
namespace agreementd::storage {
namespace {

constexpr auto entries_sql = R"sql(
SELECT e.entry, e.hash, taken_back.seq IS NULL AS stands, EXISTS (
    SELECT FROM deliveries d WHERE d.sink = $1 AND d.seqs @> ARRAY[e.seq]) AS attempted,
  old.entry, old.hash, EXISTS (
    SELECT FROM deliveries d WHERE d.sink = $1 AND d.seqs @> ARRAY[e.retracts_seq]),
  signing.entry, signing.hash, moa.moa_url, same.ids
FROM entries e
LEFT JOIN entries taken_back ON taken_back.retracts_seq = e.seq
LEFT JOIN entries old ON old.seq = e.retracts_seq
LEFT JOIN LATERAL (
  SELECT n.entry, n.hash FROM entries n
  WHERE e.body ->> 'reason' = 'signed' AND e.body ->> 'kind' = 'terminated'
    AND n.agreement_id = e.body ->> 'related_id' AND n.body ->> 'kind' IN ('new', 'reinstated')
  ORDER BY n.seq DESC LIMIT 1) AS signing ON true
LEFT JOIN LATERAL (
  SELECT v.moa_url FROM versions v WHERE v.agreement_id = e.agreement_id AND v.recorded_to IS NULL
  ORDER BY v.listed_from DESC LIMIT 1) AS moa ON true
LEFT JOIN LATERAL (
  SELECT array_agg(id) AS ids FROM reviews r, unnest(r.agreement_ids) AS id
  WHERE (e.body ->> 'unconfirmed')::boolean AND r.recorded_to IS NULL
    AND e.agreement_id = ANY (r.agreement_ids) AND id <> e.agreement_id) AS same ON true
WHERE e.seq > $2 AND e.recorded_at <= $3 ORDER BY e.seq LIMIT $4)sql";

LoggedEntry read_logged(const Value& text, const Value& hash) {
  LoggedEntry logged;
  logged.text = read_text(text);
  logged.hash = read_sha256(hash);
  auto entry = parse_entry(logged.text);
  if (!entry) throw Failure("an entry of the change log cannot be read: " + entry.error());
  logged.entry = std::move(*entry);
  return logged;
}

std::optional<LoggedEntry> read_optional(const Value& text, const Value& hash) {
  if (!text) return std::nullopt;
  return read_logged(text, hash);
}

}  // namespace

std::vector<Outgoing> outgoing_entries(Store& store, const std::string& sink, std::int64_t position,
                                       Instant until, int limit) {
  std::vector<Outgoing> entries;
  for (const auto& row :
       store.connection()
           .query(entries_sql, {sink, to_value(position), to_value(until), to_value(limit)})
           .rows) {
    Outgoing outgoing;
    outgoing.logged = read_logged(row[0], row[1]);
    outgoing.stands = read_bool(row[2]);
    outgoing.attempted = read_bool(row[3]);
    outgoing.retracted = read_optional(row[4], row[5]);
    outgoing.retracted_attempted = outgoing.retracted && read_bool(row[6]);
    outgoing.signing = read_optional(row[7], row[8]);
    outgoing.moa_url = read_text_or_empty(row[9]);
    if (row[10]) outgoing.possibly_same = read_text_array(row[10]);
    entries.push_back(std::move(outgoing));
  }
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
