#include "storage/source.h"

#include "storage/connection.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

// What was not modified is the list that the URL brought before. In the order of their time: what
// was fetched while the database was away is recorded after what another fetched later.
constexpr auto asked_sql = R"sql(
WITH last AS (
  SELECT fetched_at, fetch_id FROM fetches WHERE origin = 'poll' AND url = $1
  ORDER BY fetched_at DESC, fetch_id DESC LIMIT 1)
SELECT f.url, f.outcome, f.detail, f.fetched_at,
  (SELECT d.reading_list FROM fetches g JOIN documents d ON d.sha256 = g.document
   WHERE g.origin = 'poll' AND g.url = f.url AND g.fetched_at <= f.fetched_at
     AND f.outcome IN ('ok', 'not_modified', 'stale_link')
   ORDER BY g.fetched_at DESC, g.fetch_id DESC LIMIT 1) AS list,
  run.since, run.times
FROM fetches f, last, LATERAL (
  SELECT min(h.fetched_at) AS since, count(*) AS times FROM fetches h
  WHERE h.origin = 'poll' AND h.url = f.url AND h.fetched_at <= f.fetched_at
    AND h.fetched_at > coalesce((
      SELECT max(o.fetched_at) FROM fetches o
      WHERE o.origin = 'poll' AND o.url = f.url AND o.outcome <> f.outcome
        AND o.fetched_at <= f.fetched_at), '-infinity')) AS run
WHERE f.origin = 'poll' AND (f.fetched_at, f.fetch_id) >= (last.fetched_at, last.fetch_id)
ORDER BY f.fetched_at, f.fetch_id)sql";

constexpr auto success_sql = R"sql(
SELECT max(fetched_at) FROM fetches
WHERE origin = 'poll' AND url = $1 AND outcome IN ('ok', 'not_modified'))sql";

constexpr auto lists_sql = R"sql(
SELECT names.list, accepted.listed_at, coalesce(accepted.listing_count, 0),
  (SELECT count(*) FROM editions e
   WHERE e.list = names.list AND e.recorded_to IS NULL AND e.status = 'quarantined'),
  EXISTS (SELECT FROM editions e WHERE e.list = names.list AND e.recorded_to IS NULL
    AND e.status = 'quarantined' AND e.listed_at > coalesce(accepted.listed_at, '-infinity')),
  (SELECT opened_at FROM notices n
   WHERE n.kind = 'link_missing' AND n.subject = names.list AND n.closed_at IS NULL)
FROM (VALUES ('participating'), ('pending')) AS names (list)
LEFT JOIN LATERAL (
  SELECT e.listed_at, e.listing_count FROM editions e
  WHERE e.list = names.list AND e.recorded_to IS NULL AND e.status = 'accepted'
  ORDER BY e.listed_at DESC LIMIT 1) AS accepted ON true)sql";

UrlRecord read_url(const Values& row) {
  UrlRecord record;
  record.url = read_text(row[0]);
  record.outcome = read_name(row[1], parse_outcome);
  record.detail = read_text_or_empty(row[2]);
  if (row[4]) record.list = read_name(row[4], parse_list_name);
  record.since = read_instant(row[5]);
  record.times = read_int(row[6]);
  return record;
}

ListRecord read_list_record(const Values& row) {
  ListRecord record;
  record.last_edition = read_optional_instant(row[1]);
  record.listings = read_int(row[2]);
  record.quarantined = read_int(row[3]);
  record.newest_waits = read_bool(row[4]);
  record.link_missing_since = read_optional_instant(row[5]);
  return record;
}

}  // namespace

SourceRecord source_record(Store& store, const std::string& page) {
  const auto transaction = store.connection().begin(Snapshot::whole);
  SourceRecord record;
  for (const auto& row : transaction->query(asked_sql, {storable(page)}).rows) {
    record.asked.push_back(read_url(row));
    if (!record.last_poll) record.last_poll = read_instant(row[3]);
  }
  for (const auto& row : transaction->query(success_sql, {storable(page)}).rows)
    record.last_success = read_optional_instant(row[0]);
  for (const auto& row : transaction->query(lists_sql).rows)
    record.lists.emplace(read_name(row[0], parse_list_name), read_list_record(row));
  record.open_notices = read_int(
      transaction->query("SELECT count(*) FROM notices WHERE closed_at IS NULL").rows.at(0).at(0));
  return record;
}

}  // namespace agreementd::storage
