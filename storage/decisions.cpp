#include "storage/bulk.h"
#include "storage/inputs.h"
#include "storage/values.h"

/// What people decided on identity, in the database.
namespace agreementd::storage {
namespace {

PrintedKey read_key(const Values& row, std::size_t first) {
  PrintedKey key;
  key.state = read_text(row[first]);
  key.agency = read_text(row[first + 1]);
  key.model = read_text(row[first + 2]);
  key.signed_on = read_optional_date(row[first + 3]);
  key.signed_text = read_text(row[first + 4]);
  key.county = read_text(row[first + 5]);
  key.moa_url = read_text(row[first + 6]);
  key.document = read_sha256(row[first + 7]);
  return key;
}

}  // namespace

std::vector<Decision> load_decisions(Transaction& transaction) {
  std::vector<Decision> decisions;
  for (const auto& row : transaction
                             .query(R"sql(
SELECT d.decision_id, d.kind, d.list, d.decided_by, d.why, d.decided_at,
  a.state, a.agency, a.model, a.signed, a.signed_text, a.county, a.moa_url, a.document,
  b.state, b.agency, b.model, b.signed, b.signed_text, b.county, b.moa_url, b.document
FROM decisions d
JOIN decision_keys a ON a.decision_id = d.decision_id AND a.side = 1
JOIN decision_keys b ON b.decision_id = d.decision_id AND b.side = 2
ORDER BY d.decision_id)sql")
                             .rows) {
    Decision decision;
    decision.decision_id = read_integer(row[0]);
    decision.kind = read_name(row[1], parse_decision_kind);
    decision.list = read_name(row[2], parse_list_name);
    decision.by = read_text(row[3]);
    decision.why = read_text(row[4]);
    decision.at = read_instant(row[5]);
    decision.one = read_key(row, 6);
    decision.other = read_key(row, 14);
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

std::int64_t store_decision(Transaction& transaction, const Decision& decision) {
  const auto table = transaction.query(
      "INSERT INTO decisions (kind, list, decided_by, why, decided_at)"
      " VALUES ($1, $2, $3, $4, $5) RETURNING decision_id",
      {to_value(to_string(decision.kind)), to_value(to_string(decision.list)), decision.by,
       decision.why, to_value(decision.at)});
  const auto id = read_integer(table.rows.at(0).at(0));
  BulkInsert keys("decision_keys", {{"decision_id", "bigint"},
                                    {"side", "smallint"},
                                    {"state", "text"},
                                    {"agency", "text"},
                                    {"model", "text"},
                                    {"signed", "date"},
                                    {"signed_text", "text"},
                                    {"county", "text"},
                                    {"moa_url", "text"},
                                    {"document", "bytea"}});
  int side = 0;
  for (const auto* key : {&decision.one, &decision.other})
    keys.add({to_value(id), to_value(++side), key->state, key->agency, key->model,
              to_value(key->signed_on), key->signed_text, key->county, key->moa_url,
              to_value(key->document)});
  keys.insert(transaction);
  return id;
}

}  // namespace agreementd::storage
