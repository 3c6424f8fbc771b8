#include <set>

#include "storage/bulk.h"
#include "storage/connection.h"
#include "storage/store.h"
#include "storage/values.h"

/// The first transaction: evidence.
namespace agreementd::storage {
namespace {

std::set<Sha256> stored_documents(Transaction& transaction,
                                  const std::vector<Document>& documents) {
  Values wanted;
  for (const auto& document : documents) wanted.push_back(to_value(document.sha256));
  std::set<Sha256> stored;
  for (const auto& row : transaction
                             .query("SELECT sha256 FROM documents WHERE sha256 = ANY ($1::bytea[])",
                                    {text_array(wanted)})
                             .rows)
    stored.insert(read_sha256(row[0]));
  return stored;
}

/// One statement a document: they are large, and all of them twice in memory as text would be many.
int add_documents(Transaction& transaction, const std::vector<Document>& documents) {
  auto stored = stored_documents(transaction, documents);
  int count = 0;
  for (const auto& document : documents) {
    if (!stored.insert(document.sha256).second) continue;
    transaction.execute("INSERT INTO documents (sha256, bytes) VALUES ($1::bytea, $2::bytea)",
                        {to_value(document.sha256), bytea(document.bytes)});
    ++count;
  }
  return count;
}

int add_fetches(Transaction& transaction, const std::vector<Fetch>& fetches) {
  BulkInsert rows("fetches", {{"origin", "text"},
                              {"fetched_at", "timestamptz"},
                              {"url", "text"},
                              {"outcome", "text"},
                              {"http_status", "integer"},
                              {"document", "bytea"},
                              {"file_name", "text"},
                              {"etag", "text"},
                              {"last_modified", "text"},
                              {"modified_at", "timestamptz"},
                              {"duration_ms", "bigint"},
                              {"detail", "text"},
                              {"answered_by", "text"}});
  for (const auto& fetch : fetches)
    rows.add({to_value(to_string(fetch.origin)), to_value(fetch.at), storable(fetch.url),
              to_value(to_string(fetch.outcome)), to_value(fetch.http_status),
              to_value(fetch.document), or_null(storable(fetch.file_name)),
              or_null(storable(fetch.etag)), or_null(storable(fetch.last_modified)),
              to_value(fetch.modified_at), to_value(fetch.duration.count()),
              or_null(storable(fetch.detail)), or_null(storable(fetch.answered_by))});
  return static_cast<int>(rows.insert(transaction, "ON CONFLICT DO NOTHING"));
}

std::int64_t last_fetch(Transaction& transaction) {
  return read_integer(
      transaction.query("SELECT coalesce(max(fetch_id), 0) FROM fetches").rows.at(0).at(0));
}

/// Of the fetches after that one, those that are sightings: the first of a document and name.
/// Nobody else writes, we hold the lock.
std::size_t mark_unfolded(Transaction& transaction, std::int64_t after) {
  return transaction.execute(R"sql(
INSERT INTO unfolded
SELECT fetch_id FROM fetches f
WHERE fetch_id > $1 AND document IS NOT NULL AND outcome <> 'stale_link' AND NOT EXISTS (
  SELECT 1 FROM fetches g
  WHERE g.document = f.document AND g.file_name IS NOT DISTINCT FROM f.file_name
    AND g.outcome <> 'stale_link' AND (g.fetched_at, g.fetch_id) < (f.fetched_at, f.fetch_id)))sql",
                             {to_value(after)});
}

/// In the words of the design: "already stored under the same name (or with none)". What is
/// compared is content, so that another copy of the newest edition is not stale. An edition whose
/// date is in doubt is not taken for the newest. `at`: when it was fetched; what was seen later
/// does not count, though it was recorded before.
bool is_stale_link(Transaction& transaction, const Value& document, const Value& file_name,
                   const Value& at) {
  const auto answer = transaction.query(R"sql(
SELECT EXISTS (
  SELECT 1 FROM documents d JOIN fetches f ON f.document = d.sha256
  WHERE d.sha256 = $1::bytea AND f.outcome <> 'stale_link' AND f.fetched_at <= $3
    AND ($2::text IS NULL OR f.file_name = $2)
    AND d.reading_content_hash <> (
      SELECT content_hash FROM editions e
      WHERE e.list = d.reading_list AND e.recorded_to IS NULL AND e.doubt IS NULL
        AND EXISTS (
          SELECT FROM fetches g WHERE g.document = e.document AND g.fetched_at <= $3)
      ORDER BY listed_at DESC LIMIT 1)))sql",
                                        {document, file_name, at});
  return read_bool(answer.rows.at(0).at(0));
}

}  // namespace

EvidenceCount Store::add_evidence(const std::vector<Document>& documents,
                                  const std::vector<Fetch>& fetches) {
  const auto transaction = connection_->begin();
  transaction->take_writer_lock();
  const auto last = last_fetch(*transaction);
  EvidenceCount count;
  count.documents = add_documents(*transaction, documents);
  count.fetches = add_fetches(*transaction, fetches);
  mark_unfolded(*transaction, last);
  transaction->commit();
  return count;
}

RecordedPoll Store::add_poll(const Fetch& fetch, const std::string& bytes) {
  const auto transaction = connection_->begin();
  transaction->take_writer_lock();
  auto recorded = fetch;
  if (fetch.document && fetch.outcome == Outcome::ok &&
      is_stale_link(*transaction, to_value(fetch.document), or_null(storable(fetch.file_name)),
                    to_value(fetch.at)))
    recorded.outcome = Outcome::stale_link;
  const auto last = last_fetch(*transaction);
  if (fetch.document) add_documents(*transaction, {{*fetch.document, bytes}});
  add_fetches(*transaction, {recorded});
  const bool news = mark_unfolded(*transaction, last) > 0;
  transaction->commit();
  return {recorded.outcome, news};
}

bool Store::has_poll(const Fetch& fetch) {
  return read_bool(connection_
                       ->query("SELECT EXISTS (SELECT FROM fetches WHERE origin = 'poll'"
                               " AND url = $1 AND fetched_at = $2)",
                               {storable(fetch.url), to_value(fetch.at)})
                       .rows.at(0)
                       .at(0));
}

bool Store::is_stale(const Sha256& document, const std::string& file_name) {
  const auto transaction = connection_->begin(Snapshot::whole);
  return is_stale_link(*transaction, to_value(document), or_null(storable(file_name)), "infinity");
}

}  // namespace agreementd::storage
