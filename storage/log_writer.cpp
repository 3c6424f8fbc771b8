#include "model/entry.h"
#include "storage/bulk.h"
#include "storage/history.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

/// The end of the change log: what the next entry continues.
struct Head {
  std::int64_t seq = 0;
  Sha256 hash;  // 32 zero bytes before the first entry
};

Head read_head(Transaction& transaction) {
  const auto table =
      transaction.query("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").rows;
  return table.empty() ? Head{} : Head{read_integer(table[0][0]), read_sha256(table[0][1])};
}

}  // namespace

void append_entries(Transaction& transaction, const std::vector<NewEntry>& entries,
                    Instant recorded_at) {
  if (entries.empty()) return;
  auto head = read_head(transaction);
  BulkInsert rows("entries", {{"entry", "text"}, {"hash", "bytea"}});
  for (const auto& [cause, change] : entries) {
    const auto text = canonical_json(Entry{++head.seq, recorded_at, cause, change});
    head.hash = chain_hash(head.hash, text);
    rows.add({text, to_value(head.hash)});
  }
  rows.insert(transaction);
  // Whoever listens hears it once this is committed: the seq of the last entry.
  transaction.query("SELECT pg_notify('agreementd_changes', $1)", {to_value(head.seq)});
}

}  // namespace agreementd::storage
