#include "storage/inputs.h"

#include <map>

#include "storage/bulk.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

// The first by the time it was seen, not by the number of its row: the spool of an outage and an
// old archive are recorded late, and arrival must not matter. What was unreadable when it came is a
// sighting once a better parser has read it.
constexpr auto sightings_sql = R"sql(
SELECT * FROM (
  SELECT DISTINCT ON (f.document, f.file_name) f.fetch_id, f.origin, f.document, f.file_name,
    f.fetched_at, f.modified_at, d.reading_list, d.reading_content_hash, d.reading_saved_at,
    d.reading_row_count
  FROM fetches f JOIN documents d ON d.sha256 = f.document
  WHERE f.outcome <> 'stale_link' AND d.reading_list IS NOT NULL
  ORDER BY f.document, f.file_name, f.fetched_at, f.fetch_id) AS firsts
ORDER BY fetch_id)sql";

Sighting read_sighting(const Values& row) {
  Sighting sighting;
  sighting.fetch_id = read_integer(row[0]);
  sighting.origin = read_name(row[1], parse_origin);
  sighting.document = read_sha256(row[2]);
  sighting.file_name = read_text_or_empty(row[3]);
  sighting.seen_at = read_instant(row[4]);
  sighting.modified_at = read_optional_instant(row[5]);
  sighting.reading.list = read_name(row[6], parse_list_name);
  sighting.reading.content = read_sha256(row[7]);
  sighting.reading.saved_at = read_optional_instant(row[8]);
  sighting.reading.row_count = read_int(row[9]);
  return sighting;
}

Verdict read_verdict(const Values& row) {
  Verdict verdict;
  verdict.verdict_id = read_integer(row[0]);
  verdict.kind = read_name(row[1], parse_verdict_kind);
  verdict.redated_to = read_optional_instant(row[2]);
  verdict.by = read_text(row[3]);
  verdict.why = read_text(row[4]);
  verdict.at = read_instant(row[5]);
  return verdict;
}

}  // namespace

std::vector<Verdict> load_verdicts(Transaction& transaction) {
  std::map<std::int64_t, std::vector<Verdict::Subject>> subjects;
  for (const auto& row : transaction
                             .query("SELECT verdict_id, document, file_name FROM verdict_subjects"
                                    " ORDER BY document, file_name NULLS FIRST")
                             .rows)
    subjects[read_integer(row[0])].push_back({read_sha256(row[1]), read_text_or_empty(row[2])});
  std::vector<Verdict> verdicts;
  for (const auto& row : transaction
                             .query("SELECT verdict_id, kind, redated_to, decided_by, why,"
                                    " decided_at FROM verdicts ORDER BY verdict_id")
                             .rows) {
    verdicts.push_back(read_verdict(row));
    verdicts.back().subjects = subjects[verdicts.back().verdict_id];
  }
  return verdicts;
}

Inputs load_inputs(Transaction& transaction) {
  Inputs inputs;
  for (const auto& row : transaction.query(sightings_sql).rows)
    inputs.sightings.push_back(read_sighting(row));
  inputs.verdicts = load_verdicts(transaction);
  inputs.decisions = load_decisions(transaction);
  const auto unread = transaction.query(
      "SELECT sha256 FROM documents WHERE reading_version IS NULL ORDER BY sha256");
  for (const auto& row : unread.rows) inputs.unread.push_back(read_sha256(row[0]));
  return inputs;
}

std::vector<DocumentReading> load_readings(Transaction& transaction) {
  std::vector<DocumentReading> readings;
  for (const auto& row :
       transaction
           .query("SELECT sha256, reading_version, reading_list, reading_content_hash,"
                  " reading_saved_at, reading_row_count, reading_error FROM documents"
                  " WHERE reading_version IS NOT NULL ORDER BY sha256")
           .rows) {
    DocumentReading reading{read_sha256(row[0]), read_int(row[1]), std::nullopt,
                            read_text_or_empty(row[6])};
    if (row[2])
      reading.summary = {read_name(row[2], parse_list_name), read_sha256(row[3]),
                         read_optional_instant(row[4]), read_int(row[5])};
    readings.push_back(std::move(reading));
  }
  return readings;
}

std::string load_document(Transaction& transaction, const Sha256& sha256) {
  const auto table =
      transaction.query("SELECT bytes FROM documents WHERE sha256 = $1", {to_value(sha256)});
  if (table.rows.empty())
    throw Failure("no document " + to_hex(sha256) +
                  " is stored: agreementctl editions prints those that are");
  return read_bytea(table.rows[0][0]);
}

std::int64_t store_verdict(Transaction& transaction, const Verdict& verdict) {
  const auto table = transaction.query(
      "INSERT INTO verdicts (kind, redated_to, decided_by, why, decided_at)"
      " VALUES ($1, $2, $3, $4, $5) RETURNING verdict_id",
      {to_value(to_string(verdict.kind)), to_value(verdict.redated_to), verdict.by, verdict.why,
       to_value(verdict.at)});
  const auto id = read_integer(table.rows.at(0).at(0));
  BulkInsert subjects("verdict_subjects",
                      {{"verdict_id", "bigint"}, {"document", "bytea"}, {"file_name", "text"}});
  for (const auto& subject : verdict.subjects)
    subjects.add({to_value(id), to_value(subject.document), or_null(subject.file_name)});
  subjects.insert(transaction, "ON CONFLICT DO NOTHING");
  return id;
}

// Only what a better parser says replaces what was read.
void store_readings(Transaction& transaction, const std::vector<DocumentReading>& readings) {
  std::vector<Values> columns(7);
  for (const auto& [document, version, summary, error] : readings) {
    const Values row = {to_value(document),
                        to_value(version),
                        summary ? to_value(to_string(summary->list)) : std::nullopt,
                        summary ? to_value(summary->content) : std::nullopt,
                        summary ? to_value(summary->saved_at) : std::nullopt,
                        summary ? to_value(summary->row_count) : std::nullopt,
                        summary ? std::nullopt : Value(storable(error))};
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].push_back(row[i]);
  }
  Values parameters;
  for (const auto& column : columns) parameters.emplace_back(text_array(column));
  transaction.execute(R"sql(
UPDATE documents SET reading_version = r.version::integer, reading_list = r.list,
  reading_content_hash = r.content::bytea, reading_saved_at = r.saved_at::timestamptz,
  reading_row_count = r.row_count::integer, reading_error = r.error
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
  AS r (sha256, version, list, content, saved_at, row_count, error)
WHERE documents.sha256 = r.sha256::bytea
  AND (reading_version IS NULL OR reading_version < r.version::integer))sql",
                      parameters);
}

}  // namespace agreementd::storage
