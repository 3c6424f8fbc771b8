#include "storage/connection.h"
#include "storage/store.h"
#include "storage/values.h"

/// What the polls so far know of a URL. They are in the order of their time: what was fetched while
/// the database was away is recorded after what another fetched later.
namespace agreementd::storage {
namespace {

/// What it came to lately, and since when.
void recall_outcome(Transaction& transaction, const std::string& url, UrlMemory& memory) {
  const auto table = transaction.query(R"sql(
SELECT last.outcome, min(f.fetched_at)
FROM (SELECT outcome FROM fetches WHERE origin = 'poll' AND url = $1
      ORDER BY fetched_at DESC, fetch_id DESC LIMIT 1) last
JOIN fetches f ON f.origin = 'poll' AND f.url = $1 AND f.fetched_at > coalesce((
  SELECT max(fetched_at) FROM fetches
  WHERE origin = 'poll' AND url = $1 AND outcome <> last.outcome), '-infinity')
GROUP BY last.outcome)sql",
                                       {storable(url)});
  if (table.rows.empty()) return;
  memory.last = read_name(table.rows[0][0], parse_outcome);
  memory.since = read_instant(table.rows[0][1]);
}

void recall_kept(Transaction& transaction, const std::string& url, UrlMemory& memory) {
  const auto table = transaction.query(
      "SELECT outcome, max(fetched_at) FROM fetches"
      " WHERE origin = 'poll' AND url = $1 AND document IS NOT NULL GROUP BY outcome",
      {storable(url)});
  for (const auto& row : table.rows)
    memory.kept[read_name(row[0], parse_outcome)] = read_instant(row[1]);
}

}  // namespace

UrlMemory Store::recall(const std::string& url) {
  const auto transaction = connection_->begin(Snapshot::whole);
  UrlMemory memory;
  recall_outcome(*transaction, url, memory);
  recall_kept(*transaction, url, memory);
  // Not what a barrier served: a server that goes by the date of If-Modified-Since would take the
  // barrier's for a copy newer than the list.
  const auto table = transaction->query(
      "SELECT document, outcome, file_name, etag, last_modified, reading_list, answered_by"
      " FROM fetches JOIN documents ON sha256 = document"
      " WHERE origin = 'poll' AND url = $1 AND outcome IN ('ok', 'unreadable', 'stale_link')"
      " ORDER BY fetched_at DESC, fetch_id DESC LIMIT 1",
      {storable(url)});
  if (table.rows.empty()) return memory;
  const auto& row = table.rows[0];
  memory.document = read_sha256(row[0]);
  memory.outcome = read_name(row[1], parse_outcome);
  memory.file_name = read_text_or_empty(row[2]);
  if (!row[6]) {
    memory.etag = read_text_or_empty(row[3]);
    memory.last_modified = read_text_or_empty(row[4]);
  }
  if (row[5]) memory.list = read_name(row[5], parse_list_name);
  return memory;
}

}  // namespace agreementd::storage
