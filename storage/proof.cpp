#include "storage/proof.h"

#include <string_view>

#include <fmt/format.h>

#include "model/entry.h"
#include "storage/connection.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

/// Entries read at a time: a log of millions does not fit into memory.
constexpr std::int64_t portion = 10'000;

// Columns are generated from the text; a server that was tampered with may have others.
constexpr auto entries_sql = R"sql(
SELECT seq, entry, hash, recorded_at,
  (body = entry::jsonb AND seq = (entry::jsonb ->> 'seq')::bigint
    AND recorded_at = utc_instant(entry::jsonb ->> 'recorded_at')
    AND effective_date = iso_date(entry::jsonb ->> 'effective_date')
    AND agreement_id = entry::jsonb ->> 'agreement_id'
    AND retracts_seq IS NOT DISTINCT FROM (entry::jsonb ->> 'retracts_seq')::bigint) AS agrees
FROM agreementd.entries WHERE seq > $1 ORDER BY seq LIMIT $2)sql";

// A range that was withdrawn the moment it was recorded is empty and never was believed.
constexpr auto versions_sql = R"sql(
SELECT v.version_id, v.agreement_id, s.what FROM agreementd.versions v
CROSS JOIN LATERAL (VALUES ('begins', v.from_edition, v.listed_from), ('ends', v.to_edition, v.listed_to))
  AS s (what, edition, at)
WHERE NOT isempty(v.recorded) AND (s.edition IS NULL) <> (s.at IS NULL)
  OR NOT isempty(v.recorded) AND s.edition IS NOT NULL AND NOT EXISTS (
    SELECT FROM agreementd.editions e
    WHERE e.edition_id = s.edition AND e.listed_at = s.at AND e.list = v.list
      AND e.status = 'accepted' AND e.recorded && v.recorded)
ORDER BY v.version_id LIMIT 1)sql";

class Chain {
 public:
  /// What is wrong with the next entry, if anything.
  std::optional<std::string> follow(const Values& row) {
    const auto seq = read_integer(row[0]);
    if (seq != head_.seq + 1)
      return fmt::format("entry {} of the change log is missing", head_.seq + 1);
    const auto text = read_text(row[1]);
    const auto entry = parse_entry(text);
    if (!entry) return fmt::format("entry {} cannot be read: {}", seq, entry.error());
    if (canonical_json(*entry) != text)
      return fmt::format("entry {} is not canonical JSON: somebody else wrote it", seq);
    const auto hash = chain_hash(head_.hash, text);
    if (hash != read_sha256(row[2]))
      return fmt::format("entry {} has not the hash that the log up to it gives", seq);
    if (!read_bool(row[4]) || entry->seq != seq)
      return fmt::format("the columns of entry {} do not say what its text says", seq);
    if (last_ && entry->recorded_at < *last_)
      return fmt::format("entry {} is recorded before the one it follows", seq);
    last_ = entry->recorded_at;
    head_ = {seq, hash};
    return std::nullopt;
  }
  [[nodiscard]] const LogPoint& head() const { return head_; }

 private:
  LogPoint head_;
  std::optional<Instant> last_;
};

constexpr auto unknown_moment_sql = R"sql(
SELECT m.at FROM agreementd.recorded_moments m WHERE m.at IS NOT NULL
  AND NOT EXISTS (SELECT FROM agreementd.runs r WHERE r.recorded_at = m.at) ORDER BY m.at LIMIT 1)sql";

constexpr auto cut_log_sql = R"sql(
SELECT max(last_seq) FROM agreementd.runs HAVING max(last_seq) > (
  SELECT coalesce(max(seq), 0) FROM agreementd.entries))sql";

// Of two runs of one moment the later one knows all of it.
constexpr auto edited_rows_sql = R"sql(
SELECT recorded_at FROM (
  SELECT DISTINCT ON (recorded_at) recorded_at, rows_digest FROM agreementd.runs
  ORDER BY recorded_at, run_id DESC) AS last
WHERE rows_digest <> agreementd.run_rows_digest(recorded_at) ORDER BY recorded_at LIMIT 1)sql";

constexpr auto edited_inputs_sql = R"sql(
SELECT recorded_at FROM (
  SELECT *, lag(last_fetch, 1, 0::bigint) OVER by_id AS fetch_before,
    lag(last_verdict, 1, 0::bigint) OVER by_id AS verdict_before,
    lag(last_decision, 1, 0::bigint) OVER by_id AS decision_before
  FROM agreementd.runs WINDOW by_id AS (ORDER BY run_id)) AS r
WHERE inputs_digest <> agreementd.run_inputs_digest(fetch_before, last_fetch, verdict_before,
  last_verdict, decision_before, last_decision) ORDER BY run_id LIMIT 1)sql";

std::optional<std::string> first_row(Store& store, const std::string& sql) {
  const auto table = store.connection().query(sql);
  if (table.rows.empty()) return std::nullopt;
  return read_text(table.rows[0][0]);
}

}  // namespace

LogPoint log_head(Store& store) {
  const auto table = store.connection().query(
      "SELECT seq, hash FROM agreementd.entries ORDER BY seq DESC LIMIT 1");
  if (table.rows.empty()) return {};
  return {read_integer(table.rows[0][0]), read_sha256(table.rows[0][1])};
}

std::optional<std::string> fault_in_log(Store& store, const std::optional<LogPoint>& from) {
  Chain chain;
  bool passed = !from || (from->seq == 0 && from->hash == LogPoint{}.hash);
  const auto transaction = store.connection().begin(Snapshot::whole);
  for (bool more = true; more;) {
    const auto table =
        transaction->query(entries_sql, {to_value(chain.head().seq), to_value(portion)});
    for (const auto& row : table.rows) {
      if (auto fault = chain.follow(row)) return fault;
      if (!from || chain.head().seq != from->seq) continue;
      if (chain.head().hash != from->hash)
        return fmt::format("entry {} has not the hash it had: the log up to it was changed",
                           from->seq);
      passed = true;
    }
    more = !table.rows.empty();
  }
  if (!passed)
    return fmt::format("the change log ends with entry {}: entry {} is missing", chain.head().seq,
                       from->seq);
  return std::nullopt;
}

std::optional<std::string> fault_in_documents(Store& store) {
  const auto found = first_row(store,
                               "SELECT encode(sha256, 'hex') FROM agreementd.documents"
                               " WHERE pg_catalog.sha256(bytes) <> sha256 ORDER BY sha256 LIMIT 1");
  if (!found) return std::nullopt;
  return fmt::format("document {} has other bytes than those it was stored with", *found);
}

std::optional<std::string> fault_in_versions(Store& store) {
  const auto table = store.connection().query(versions_sql);
  if (table.rows.empty()) return std::nullopt;
  const auto& row = table.rows[0];
  return fmt::format("version {} of {} {} at no edition that was accepted then", read_text(row[0]),
                     read_text(row[1]), read_text(row[2]));
}

std::optional<std::string> fault_in_runs(Store& store) {
  if (const auto seq = first_row(store, cut_log_sql))
    return fmt::format("the change log is cut short: entry {} is missing", *seq);
  if (const auto at = first_row(store, unknown_moment_sql))
    return fmt::format("something is said to be recorded at {}, when no run recorded anything",
                       *at);
  if (const auto at = first_row(store, edited_rows_sql))
    return fmt::format(
        "what was recorded at {} is not what it was: an edition, version, id, redirect or review "
        "of then was edited, added or removed",
        *at);
  if (const auto at = first_row(store, edited_inputs_sql))
    return fmt::format(
        "the inputs before {} are not what they were: a fetch, verdict or decision was edited or "
        "removed",
        *at);
  return std::nullopt;
}

StoreSize store_size(Store& store) {
  const auto table = store.connection().query(
      "SELECT (SELECT count(*) FROM agreementd.entries), (SELECT count(*) FROM"
      " agreementd.documents), (SELECT count(*) FROM agreementd.versions),"
      " (SELECT count(*) FROM agreementd.editions WHERE recorded_to IS NULL)");
  const auto& row = table.rows.at(0);
  return {read_integer(row[0]), read_integer(row[1]), read_integer(row[2]), read_integer(row[3])};
}

}  // namespace agreementd::storage
