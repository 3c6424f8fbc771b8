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
                              {"detail", "text"}});
  for (const auto& fetch : fetches)
    rows.add({to_value(to_string(fetch.origin)), to_value(fetch.at), storable(fetch.url),
              storable(fetch.outcome), to_value(fetch.http_status), to_value(fetch.document),
              or_null(storable(fetch.file_name)), or_null(storable(fetch.etag)),
              or_null(storable(fetch.last_modified)), to_value(fetch.modified_at),
              to_value(fetch.duration.count()), or_null(storable(fetch.detail))});
  return static_cast<int>(rows.insert(transaction, "ON CONFLICT DO NOTHING"));
}

}  // namespace

EvidenceCount Store::add_evidence(const std::vector<Document>& documents,
                                  const std::vector<Fetch>& fetches) {
  const auto transaction = connection_->begin();
  transaction->take_writer_lock();
  EvidenceCount count;
  count.documents = add_documents(*transaction, documents);
  count.fetches = add_fetches(*transaction, fetches);
  transaction->commit();
  return count;
}

}  // namespace agreementd::storage
