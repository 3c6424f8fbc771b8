#include "storage/connection.h"
#include "storage/inputs.h"
#include "storage/queries.h"
#include "storage/query_changes.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

constexpr auto versions_sql = R"sql(
SELECT list, (listed_from AT TIME ZONE 'America/New_York')::date AS from,
  (listed_to AT TIME ZONE 'America/New_York')::date AS to, state, agency, agency_type, county, model,
  signed, moa_status, moa_url, addendum_url, left_censored, match_tier AS tier, evidence,
  edition_file, document
FROM agreement_history WHERE agreement_id = $1 ORDER BY listed_from, list)sql";

constexpr auto documents_sql = R"sql(
SELECT document AS sha256, file_name, first_seen, document_size AS size FROM edition_log
WHERE edition_id IN (
  SELECT edition_id FROM agreement_history WHERE agreement_id = $1
  UNION SELECT edition_id FROM agreement_log($1))
ORDER BY listed_at, list)sql";

// Of what is not believed any more only the log knows whose it was; and of an agency that is not,
// what it was said to have, whosever that is now.
constexpr auto agency_agreements_sql = R"sql(
SELECT agreement_id FROM (
  SELECT agreement_id, listed_from AS first FROM agreement_history WHERE agency_id = $1
  UNION ALL
  SELECT agreement_id, effective_date::timestamp AT TIME ZONE 'America/New_York' FROM change_log c
  WHERE agency_id = $1
    AND (NOT EXISTS (SELECT FROM agreement_history h WHERE h.agreement_id = c.agreement_id)
      OR NOT EXISTS (SELECT FROM agreement_history h WHERE h.agency_id = $1))) AS its
GROUP BY agreement_id ORDER BY min(first), agreement_id)sql";

std::string current_id(Transaction& transaction, const std::string& id) {
  return read_text(transaction.query("SELECT current_id($1)", {id}).rows.at(0).at(0));
}

}  // namespace

Story agreement_story(Store& store, const std::string& agreement_id) {
  const auto transaction = store.connection().begin(Snapshot::whole);
  Story story;
  story.id = current_id(*transaction, agreement_id);
  story.versions = transaction->query(versions_sql, {story.id});
  story.changes = select_changes(*transaction, "agreement_log($1)", Filter({story.id}));
  story.documents = transaction->query(documents_sql, {story.id});
  return story;
}

std::vector<std::string> agency_agreements(Store& store, const std::string& agency_id) {
  const auto transaction = store.connection().begin(Snapshot::whole);
  const auto table =
      transaction->query(agency_agreements_sql, {current_id(*transaction, agency_id)});
  std::vector<std::string> ids;
  for (const auto& row : table.rows) ids.push_back(read_text(row[0]));
  return ids;
}

std::vector<Sha256> documents_beginning(Store& store, const std::string& digits) {
  const auto table = store.connection().query(
      "SELECT sha256 FROM documents WHERE starts_with(encode(sha256, 'hex'), lower($1))"
      " ORDER BY sha256",
      {digits});
  std::vector<Sha256> found;
  for (const auto& row : table.rows) found.push_back(read_sha256(row[0]));
  return found;
}

std::string document_bytes(Store& store, const Sha256& sha256) {
  return load_document(*store.connection().begin(Snapshot::whole), sha256);
}

}  // namespace agreementd::storage
