#include <algorithm>

#include "storage/bulk.h"
#include "storage/history.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

using Columns = std::vector<BulkInsert::Column>;

void require_closed(std::size_t closed, std::size_t wanted, const char* what) {
  if (closed != wanted)
    throw Failure(std::string("the history in the database is not the one this run began with (") +
                  what + "): nothing was stored, try again");
}

template <typename Key>
void close_rows(Transaction& transaction, const std::string& table, const std::string& key,
                const std::string& type, const std::vector<Key>& keys, Instant recorded_at) {
  if (keys.empty()) return;
  Values values;
  for (const auto& value : keys) values.push_back(to_value(value));
  const auto closed = transaction.execute(
      "UPDATE " + table + " SET recorded_to = $1 WHERE recorded_to IS NULL AND " + key +
          " = ANY ($2::" + type + "[])",
      {to_value(recorded_at), text_array(values)});
  require_closed(closed, keys.size(), table.c_str());
}

void add_mintings(Transaction& transaction, const std::vector<Minting>& mintings,
                  Instant recorded_at) {
  BulkInsert rows("mintings", {{"id", "text"},
                               {"list", "text"},
                               {"content_hash", "bytea"},
                               {"state_text", "text"},
                               {"agency", "text"},
                               {"model_text", "text"},
                               {"signed_text", "text"},
                               {"county", "text"},
                               {"moa_url", "text"},
                               {"recorded_at", "timestamptz"}});
  for (const auto& minting : mintings)
    rows.add({minting.id, to_value(to_string(minting.list)), to_value(minting.content),
              minting.state_text, minting.agency, minting.model_text, minting.signed_text,
              minting.county, minting.moa_url, to_value(recorded_at)});
  rows.insert(transaction);
}

Value verdict_id(const Edition& edition) {
  if (!edition.verdict) return std::nullopt;
  return to_value(edition.verdict->verdict_id);
}

void add_editions(Transaction& transaction, const std::vector<Edition>& editions,
                  Instant recorded_at, const FoldedBy& by) {
  BulkInsert rows("editions", {{"edition_id", "bytea"},
                               {"list", "text"},
                               {"content_hash", "bytea"},
                               {"document", "bytea"},
                               {"file_name", "text"},
                               {"listed_at", "timestamptz"},
                               {"dated_at", "timestamptz"},
                               {"dated_by", "text"},
                               {"doubt", "text"},
                               {"saved_at", "timestamptz"},
                               {"verdict_id", "bigint"},
                               {"status", "text"},
                               {"reason", "text"},
                               {"baseline", "boolean"},
                               {"listing_count", "integer"},
                               {"agreement_count", "integer"},
                               {"rules_version", "integer"},
                               {"aliases", "bytea"},
                               {"recorded_from", "timestamptz"}});
  for (const auto& e : editions)
    rows.add({to_value(e.id), to_value(to_string(e.list)), to_value(e.content),
              to_value(e.document), or_null(e.file_name), to_value(e.instant),
              to_value(e.dating.at), to_value(to_string(e.dating.dated_by)), e.dating.doubt,
              to_value(e.saved_at), verdict_id(e), to_value(to_string(e.status)), or_null(e.reason),
              to_value(e.baseline), to_value(e.listing_count), to_value(e.agreement_count),
              to_value(by.rules_version), to_value(by.aliases), to_value(recorded_at)});
  rows.insert(transaction);
}

void add_rows(Transaction& transaction, const std::vector<Version>& versions,
              std::int64_t first_id) {
  BulkInsert rows("version_rows", {{"version_id", "bigint"},
                                   {"position", "integer"},
                                   {"row_number", "integer"},
                                   {"state", "text"},
                                   {"agency", "text"},
                                   {"agency_type", "text"},
                                   {"county", "text"},
                                   {"model", "text"},
                                   {"signed", "date"},
                                   {"moa_status", "text"},
                                   {"moa_url", "text"},
                                   {"addendum_url", "text"},
                                   {"state_text", "text"},
                                   {"model_text", "text"},
                                   {"signed_text", "text"},
                                   {"oddities", "text[]"},
                                   {"readable", "boolean"}});
  for (const auto& version : versions) {
    int position = 0;
    for (const auto& l : version.rows)
      rows.add({to_value(first_id), to_value(++position), to_value(l.row), l.state, l.agency,
                l.agency_type, l.county, l.model, to_value(l.signed_on),
                to_value(to_string(l.moa_status)), l.moa_url, l.addendum_url, l.state_text,
                l.model_text, l.signed_text, text_array(l.oddities), to_value(l.readable)});
    ++first_id;
  }
  rows.insert(transaction);
}

const Columns& version_columns() {
  static const Columns columns = {{"version_id", "bigint"},
                                  {"agreement_id", "text"},
                                  {"agency_id", "text"},
                                  {"list", "text"},
                                  {"listed_from", "timestamptz"},
                                  {"listed_to", "timestamptz"},
                                  {"from_edition", "bytea"},
                                  {"to_edition", "bytea"},
                                  {"left_censored", "boolean"},
                                  {"state", "text"},
                                  {"agency", "text"},
                                  {"agency_type", "text"},
                                  {"county", "text"},
                                  {"model", "text"},
                                  {"signed", "date"},
                                  {"signed_text", "text"},
                                  {"moa_status", "text"},
                                  {"moa_url", "text"},
                                  {"addendum_url", "text"},
                                  {"match_tier", "smallint"},
                                  {"evidence", "text"},
                                  {"recorded_from", "timestamptz"}};
  return columns;
}

// Numbered here, under the writer lock: the rows of a version need its number before it is stored.
void add_versions(Transaction& transaction, const std::vector<Version>& versions,
                  Instant recorded_at) {
  if (versions.empty()) return;
  const auto first_id = 1 + read_integer(transaction
                                             .query("SELECT coalesce(max(version_id), 0)"
                                                    " FROM versions")
                                             .rows.at(0)
                                             .at(0));
  BulkInsert rows("versions", version_columns());
  auto id = first_id;
  for (const auto& v : versions) {
    const auto& f = v.facts;
    rows.add({to_value(id++),
              v.agreement_id,
              v.agency_id,
              to_value(to_string(v.list)),
              to_value(v.from),
              to_value(v.to),
              to_value(v.from_edition),
              to_value(v.to_edition),
              to_value(v.left_censored),
              f.state,
              f.agency,
              or_null(f.agency_type),
              or_null(f.county),
              f.model,
              to_value(f.signed_on),
              or_null(f.signed_text),
              to_value(to_string(f.moa_status)),
              or_null(f.moa_url),
              or_null(f.addendum_url),
              to_value(v.match.tier),
              or_null(v.match.evidence),
              to_value(recorded_at)});
  }
  rows.insert(transaction);
  add_rows(transaction, versions, first_id);
}

// A redirect that is in force already stays; another of the same id ends.
void write_redirects(Transaction& transaction, const std::vector<Redirect>& redirects,
                     Instant recorded_at) {
  for (const auto& [from, to] : redirects) {
    transaction.execute(
        "UPDATE redirects SET recorded_to = $1"
        " WHERE recorded_to IS NULL AND from_id = $2 AND to_id <> $3",
        {to_value(recorded_at), from, to});
    if (!to.empty())
      transaction.execute(
          "INSERT INTO redirects (from_id, to_id, recorded_from) VALUES ($1, $2, $3)"
          " ON CONFLICT (from_id) WHERE recorded_to IS NULL DO NOTHING",
          {from, to, to_value(recorded_at)});
  }
}

void close_reviews(Transaction& transaction, const std::vector<Review>& reviews,
                   Instant recorded_at) {
  for (const auto& review : reviews)
    require_closed(
        std::min<std::size_t>(
            1, transaction.execute("UPDATE reviews SET recorded_to = $1 WHERE recorded_to IS NULL"
                                   " AND edition_id = $2 AND list = $3 AND agreement_ids = $4"
                                   " AND question = $5",
                                   {to_value(recorded_at), to_value(review.edition_id),
                                    to_value(to_string(review.list)),
                                    text_array(review.agreement_ids), review.question})),
        1, "reviews");
}

void add_reviews(Transaction& transaction, const std::vector<Review>& reviews,
                 Instant recorded_at) {
  BulkInsert rows("reviews", {{"edition_id", "bytea"},
                              {"list", "text"},
                              {"agreement_ids", "text[]"},
                              {"question", "text"},
                              {"recorded_from", "timestamptz"}});
  for (const auto& review : reviews)
    rows.add({to_value(review.edition_id), to_value(to_string(review.list)),
              text_array(review.agreement_ids), review.question, to_value(recorded_at)});
  rows.insert(transaction);
}

}  // namespace

Instant recording_time(Transaction& transaction, Instant now) {
  const auto last = transaction.query(R"sql(
SELECT greatest((SELECT max(recorded_at) FROM entries),
  (SELECT max(recorded_from) FROM editions), (SELECT max(recorded_to) FROM editions),
  (SELECT max(recorded_from) FROM versions), (SELECT max(recorded_to) FROM versions),
  (SELECT max(greatest(recorded_from, recorded_to)) FROM redirects),
  (SELECT max(greatest(recorded_from, recorded_to)) FROM reviews)))sql");
  // Later than all that is recorded, also where the clock was set back: each run has a moment of
  // its own, so that what was known then can be told for ever from what was recorded next.
  const auto recorded = read_optional_instant(last.rows.at(0).at(0));
  return recorded ? std::max(now, *recorded + std::chrono::microseconds{1}) : now;
}

void note_run(Transaction& transaction, Instant recorded_at) {
  transaction.execute(R"sql(
INSERT INTO runs (recorded_at, last_seq, last_fetch, last_verdict, last_decision, rows_digest,
  inputs_digest)
SELECT $1::timestamptz, (SELECT coalesce(max(seq), 0) FROM entries), n.fetch, n.verdict, n.decision,
  run_rows_digest($1::timestamptz),
  run_inputs_digest(coalesce(p.last_fetch, 0), n.fetch, coalesce(p.last_verdict, 0), n.verdict,
    coalesce(p.last_decision, 0), n.decision)
FROM (SELECT (SELECT coalesce(max(fetch_id), 0) FROM fetches) AS fetch,
    (SELECT coalesce(max(verdict_id), 0) FROM verdicts) AS verdict,
    (SELECT coalesce(max(decision_id), 0) FROM decisions) AS decision) AS n
LEFT JOIN (SELECT * FROM runs ORDER BY run_id DESC LIMIT 1) AS p ON true)sql",
                      {to_value(recorded_at)});
}

void write_history(Transaction& transaction, const Difference& difference, Instant recorded_at,
                   const FoldedBy& by) {
  close_rows(transaction, "editions", "edition_id", "bytea", difference.closed_editions,
             recorded_at);
  close_rows(transaction, "versions", "version_id", "bigint", difference.closed_versions,
             recorded_at);
  close_reviews(transaction, difference.closed_reviews, recorded_at);
  add_mintings(transaction, difference.mintings, recorded_at);
  add_editions(transaction, difference.editions, recorded_at, by);
  add_versions(transaction, difference.versions, recorded_at);
  write_redirects(transaction, difference.redirects, recorded_at);
  add_reviews(transaction, difference.reviews, recorded_at);
}

}  // namespace agreementd::storage
