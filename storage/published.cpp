#include "storage/published.h"

#include "storage/connection.h"
#include "storage/values.h"

namespace agreementd::storage {

Edge edge_of_log(Store& store) {
  const auto table = store.connection().query(R"sql(
SELECT seq, hash, recorded_at, (
  SELECT count(DISTINCT last_seq) <= 1 FROM runs
  WHERE runs.recorded_at >= date_trunc('second', entries.recorded_at)) AS alone
FROM entries ORDER BY seq DESC LIMIT 1)sql");
  if (table.rows.empty()) return {};
  const auto& row = table.rows[0];
  return {{read_integer(row[0]), read_sha256(row[1])}, read_instant(row[2]), read_bool(row[3])};
}

std::vector<std::string> entry_texts(Store& store, std::int64_t after, int limit) {
  std::vector<std::string> texts;
  for (const auto& row :
       store.connection()
           .query("SELECT entry FROM entries WHERE seq > $1 ORDER BY seq LIMIT $2",
                  {to_value(after), to_value(limit)})
           .rows)
    texts.push_back(read_text(row[0]));
  return texts;
}

}  // namespace agreementd::storage
