#include "storage/connection.h"
#include "storage/store.h"
#include "storage/values.h"

/// What the polls so far know of a URL.
namespace agreementd::storage {
namespace {

std::optional<Outcome> last_outcome(Transaction& transaction, const std::string& url) {
  const auto table = transaction.query(
      "SELECT outcome FROM fetches WHERE origin = 'poll' AND url = $1"
      " ORDER BY fetch_id DESC LIMIT 1",
      {storable(url)});
  if (table.rows.empty()) return std::nullopt;
  return read_name(table.rows[0][0], parse_outcome);
}

}  // namespace

UrlMemory Store::recall(const std::string& url) {
  const auto transaction = connection_->begin(Snapshot::whole);
  UrlMemory memory;
  memory.last = last_outcome(*transaction, url);
  // Not what a barrier served: a server that goes by the date of If-Modified-Since would take the
  // barrier's for a copy newer than the list.
  const auto table = transaction->query(
      "SELECT document, outcome, file_name, etag, last_modified, reading_list"
      " FROM fetches JOIN documents ON sha256 = document"
      " WHERE origin = 'poll' AND url = $1 AND outcome IN ('ok', 'unreadable', 'stale_link')"
      " ORDER BY fetch_id DESC LIMIT 1",
      {storable(url)});
  if (table.rows.empty()) return memory;
  const auto& row = table.rows[0];
  memory.document = read_sha256(row[0]);
  memory.outcome = read_name(row[1], parse_outcome);
  memory.file_name = read_text_or_empty(row[2]);
  memory.etag = read_text_or_empty(row[3]);
  memory.last_modified = read_text_or_empty(row[4]);
  if (row[5]) memory.list = read_name(row[5], parse_list_name);
  return memory;
}

}  // namespace agreementd::storage
