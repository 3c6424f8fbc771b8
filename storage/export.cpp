#include "storage/export.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/connection.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

/// A table to export.
struct Definition {
  const char* name;
  const char* description;
  const char* columns;
  const char* recorded_columns;  ///< those of our own clock, behind the others
  const char* from;
  const char* order;
  const char* key;  ///< its primary key: names joined by commas; empty: none
};

constexpr const char* agreement_columns =
    "agreement_id, agency_id, state, state_name, state_fips, agency, agency_type, county, model,"
    " signed, moa_status, moa_url, addendum_url, first_listed, left_censored, last_listed, ended,"
    " end_reason, related_id";
// By bytes, so that the order is the same in every database whatever its language; ids last.
constexpr const char* agreement_order =
    R"(state COLLATE "C", agency COLLATE "C", model COLLATE "C", signed, first_listed, ended,
    county COLLATE "C", moa_url COLLATE "C", agreement_id)";

constexpr std::array definitions{
    Definition{"agreements", "Every agreement ever on the participating list, as last printed.",
               agreement_columns, "", "agreements WHERE list = 'participating'", agreement_order,
               "agreement_id"},
    Definition{"agreement_versions",
               "What the lists said of each agreement and application over each span of editions.",
               "list, agreement_id, agency_id, state, state_fips, agency, agency_type, county,"
               " model, signed, moa_status, moa_url, addendum_url, listed_from, listed_to,"
               " last_listed, left_censored, match_tier, evidence, edition_id, edition_file,"
               " document",
               "recorded_from", "agreement_history",
               R"(list, state COLLATE "C", agency COLLATE "C", model COLLATE "C", signed,
               listed_from, county COLLATE "C", moa_url COLLATE "C", agreement_id)",
               "agreement_id,listed_from"},
    Definition{"applications", "Every application ever on the pending list, as last printed.",
               agreement_columns, "", "agreements WHERE list = 'pending'", agreement_order,
               "agreement_id"},
    Definition{"changes", "The change log: what began, ended and was altered.",
               "list, kind, reason, state, state_fips, agency, model, signed, effective_date,"
               " edition_file, array_to_string(fields, ';') AS fields, before, after, significance,"
               " agreement_id, agency_id, related_id, unconfirmed, not_before, evidence,"
               " edition_id",
               "seq, cause, recorded_at, retracts_seq, retracted_by, hash", "change_log",
               R"(list, effective_date, edition_id, state COLLATE "C",
               agency COLLATE "C", model COLLATE "C", signed, kind, reason COLLATE "C",
               after::text COLLATE "C", agreement_id, seq)",
               ""},
    Definition{"editions", "The editions of both lists, also those quarantined or rejected.",
               "edition_id, list, date, listed_at, dated_by, status, reason, baseline, listings,"
               " agreements, file_name, document, document_size, saved_at, verdict, verdict_by, "
               "verdict_why,"
               " content_hash",
               "first_seen, recorded_from", "edition_log", "list, listed_at, edition_id",
               "edition_id"},
    Definition{"agencies", "Every agency, under each name that was printed for it.",
               "agency_id, state, state_name, state_fips, agency, spelling, first_listed,"
               " last_listed",
               "", "agency_spellings",
               R"(state COLLATE "C", agency COLLATE "C", spelling COLLATE "C", first_listed,
               agency_id)",
               "agency_id,spelling"},
};

std::string query_of(const Definition& definition, bool recorded) {
  const std::string_view own = definition.recorded_columns;
  // What was retracted is no fact: only our own clock tells of it.
  const bool standing = !recorded && std::string_view(definition.name) == "changes";
  return std::string("SELECT ") + definition.columns +
         (recorded && !own.empty() ? ", " + std::string(own) : "") + " FROM " + definition.from +
         (standing ? " WHERE stands" : "") + " ORDER BY " + definition.order;
}

// Names, types and meanings are those of the views: one name has one meaning in all of them.
constexpr auto package_sql = R"sql(
WITH meanings AS (
  SELECT DISTINCT ON (a.attname) a.attname AS name,
    CASE format_type(a.atttypid, NULL)
      WHEN 'bigint' THEN 'integer' WHEN 'integer' THEN 'integer' WHEN 'smallint' THEN 'integer' WHEN 'boolean' THEN 'boolean'
      WHEN 'date' THEN 'date' WHEN 'timestamp with time zone' THEN 'datetime'
      WHEN 'jsonb' THEN 'object' ELSE 'string' END AS type,
    col_description(a.attrelid, a.attnum)
      || CASE WHEN format_type(a.atttypid, NULL) = 'text[]' THEN ' Joined by semicolons.' ELSE '' END
      AS description
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'v'
    AND c.relnamespace = 'agreementd'::regnamespace
  WHERE a.attnum > 0 ORDER BY a.attname, c.relname
), resources AS (
  SELECT n, name, description, key FROM unnest($1::text[], $2::text[], $3::text[])
    WITH ORDINALITY AS r (name, description, key, n)
), columns AS (
  SELECT place, resource, name FROM unnest($4::text[], $5::text[])
    WITH ORDINALITY AS c (resource, name, place)
)
SELECT jsonb_pretty(jsonb_build_object(
  'profile', 'tabular-data-package', 'name', 'agreementd',
  'title', 'ICE''s 287(g) agreements with state and local police, and what changed',
  'description', 'Times are UTC, dates New York''s. Empty is absent. An apostrophe stands before text that a spreadsheet would run as a formula.',
  'resources', (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'profile', 'tabular-data-resource', 'name', replace(r.name, '_', '-'),
    'path', r.name || '.csv', 'description', r.description, 'format', 'csv',
    'mediatype', 'text/csv', 'encoding', 'utf-8',
    'schema', jsonb_strip_nulls(jsonb_build_object(
      'fields', (SELECT jsonb_agg(jsonb_build_object('name', m.name, 'type', m.type,
          'description', m.description) ORDER BY c.place)
        FROM columns c JOIN meanings m USING (name) WHERE c.resource = r.name),
      'primaryKey', CASE WHEN r.key <> '' THEN to_jsonb(string_to_array(r.key, ',')) END,
      'missingValues', jsonb_build_array(''))))) ORDER BY r.n) FROM resources r))) || E'\n')sql";

}  // namespace

std::string export_tables(Store& store, bool recorded, const ReceiveTable& receive) {
  const auto transaction = store.connection().begin(Snapshot::whole);
  std::vector<Value> names, descriptions, keys, resources, columns;
  int done = 0;
  for (const auto& definition : definitions) {
    ExportedTable exported{definition.name, transaction->query(query_of(definition, recorded))};
    names.emplace_back(definition.name);
    descriptions.emplace_back(definition.description);
    keys.emplace_back(definition.key);
    for (const auto& column : exported.table.columns) {
      resources.emplace_back(definition.name);
      columns.emplace_back(column);
    }
    receive(exported, done++, static_cast<int>(definitions.size()));
  }
  const auto package = transaction->query(
      package_sql, {text_array(names), text_array(descriptions), text_array(keys),
                    text_array(resources), text_array(columns)});
  return read_text(package.rows.at(0).at(0));
}

}  // namespace agreementd::storage
