#include "storage/connection.h"
#include "storage/queries.h"

namespace agreementd::storage {

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
  return store.connection().query(R"sql(
SELECT name, value FROM (
  SELECT 1 AS place, 'schema version' AS name, max(version)::text AS value FROM schema_version
  UNION ALL SELECT 2, 'documents', count(*)::text FROM documents
  UNION ALL SELECT 3, 'documents not read yet', count(*)::text FROM documents
    WHERE reading_version IS NULL
  UNION ALL SELECT 4, 'fetches', count(*)::text FROM fetches
  UNION ALL SELECT 5, 'verdicts', count(*)::text FROM verdicts
  UNION ALL SELECT 6, list || ' editions ' || status, count(*)::text FROM edition_log
    GROUP BY list, status
  UNION ALL SELECT 7, list || ' last edition', max(date)::text FROM edition_log
    WHERE status = 'accepted' GROUP BY list
  UNION ALL SELECT 8, 'last change', max(seq)::text FROM entries
  UNION ALL SELECT 9, 'last change recorded at',
    to_char(max(recorded_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM entries
  UNION ALL SELECT 10, 'open reviews', count(*)::text FROM reviews WHERE recorded_to IS NULL
  UNION ALL SELECT 11, 'open notices', count(*)::text FROM notices WHERE closed_at IS NULL) AS all_of_it
ORDER BY place, name)sql");
}

Table open_notices(Store& store) {
  return store.connection().query(
      "SELECT kind, subject, text, opened_at FROM notices WHERE closed_at IS NULL"
      " ORDER BY opened_at, notice_id");
}

}  // namespace agreementd::storage
