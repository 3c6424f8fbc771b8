#include "storage/connection.h"
#include "storage/queries.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

// A page that links the lists is none and need not be, nor is what refuses us with a status; HTML
// served where a workbook was due came as a list.
const std::string unreadable = R"sql(
SELECT DISTINCT ON (sha256) sha256, coalesce(file_name, url) AS file_name,
  coalesce(detail, reading_error) AS reason, fetched_at, fetch_id
FROM documents JOIN fetches ON document = sha256
WHERE reading_error IS NOT NULL AND (origin = 'import'
  OR http_status = 200 AND outcome NOT IN ('ok', 'stale_link', 'link_missing'))
ORDER BY sha256, fetched_at DESC, fetch_id DESC)sql";

}  // namespace

Table count_by_model(Store& store) {
  return store.connection().query(
      "SELECT list, model, count(*) FROM (TABLE current_agreements UNION ALL"
      " TABLE current_applications) listed GROUP BY list, model ORDER BY list, model");
}

Table count_by_state(Store& store) {
  return store.connection().query(
      "SELECT list, state, count(*) FROM (TABLE current_agreements UNION ALL"
      " TABLE current_applications) listed GROUP BY list, state ORDER BY list, state");
}

Table count_by_month(Store& store) {
  return store.connection().query(
      "SELECT to_char(month, 'YYYY-MM') AS month, sum(new) AS new, sum(reinstated) AS reinstated,"
      " sum(terminated) AS terminated, sum(net) AS net, sum(listed) AS listed"
      " FROM agreements_by_month GROUP BY agreements_by_month.month ORDER BY 1");
}

Table status(Store& store) {
  return store.connection().query("WITH unreadable AS (" + unreadable + R"sql()
SELECT name, value FROM (
  SELECT 1 AS place, 'schema version' AS name, max(version)::text AS value FROM schema_version
  UNION ALL SELECT 2, 'documents', count(*)::text FROM documents
  UNION ALL SELECT 3, 'documents not read yet', count(*)::text FROM documents
    WHERE reading_version IS NULL
  UNION ALL SELECT 4, 'documents unreadable as lists', count(*)::text FROM unreadable
  UNION ALL SELECT 5, 'fetches', count(*)::text FROM fetches
  UNION ALL SELECT 6, 'verdicts', count(*)::text FROM verdicts
  UNION ALL SELECT 7, list || ' editions ' || status, count(*)::text FROM edition_log
    GROUP BY list, status
  UNION ALL SELECT 8, list || ' last edition', max(date)::text FROM edition_log
    WHERE status = 'accepted' GROUP BY list
  UNION ALL SELECT 9, 'last change', max(seq)::text FROM entries
  UNION ALL SELECT 10, 'last change recorded at',
    to_char(max(recorded_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM entries
  UNION ALL SELECT 11, 'open reviews', count(*)::text FROM reviews WHERE recorded_to IS NULL
  UNION ALL SELECT 12, 'open notices', count(*)::text FROM notices WHERE closed_at IS NULL) AS all_of_it
ORDER BY place, name)sql");
}

Table unreadable_documents(Store& store, int limit) {
  return store.connection().query(
      "SELECT encode(sha256, 'hex') AS sha256, file_name, reason, fetched_at AS came_at FROM (" +
          unreadable + ") AS all_of_them ORDER BY fetched_at DESC, fetch_id DESC LIMIT $1",
      {to_value(limit)});
}

Table open_notices(Store& store) {
  return store.connection().query(
      "SELECT kind, subject, text, opened_at FROM notices WHERE closed_at IS NULL"
      " ORDER BY opened_at, notice_id");
}

}  // namespace agreementd::storage
