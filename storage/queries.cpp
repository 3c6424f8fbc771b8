#include "storage/queries.h"

#include "storage/connection.h"
#include "storage/filter.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

const std::string agreement_columns =
    "agreement_id, agency_id, list, state, agency, agency_type, county, model, signed, moa_status,"
    " moa_url, addendum_url, first_listed, left_censored, last_listed, edition_file";

// By bytes, so that the order is the same in every database whatever its language.
const std::string agreement_order =
    R"( ORDER BY state COLLATE "C", agency COLLATE "C", model COLLATE "C", signed, agreement_id)";

Table select_agreements(Store& store, const std::string& source, const AgreementFilter& filter,
                        Values parameters) {
  Filter where(std::move(parameters));
  where.require_if_given("upper(state) = upper(?)", filter.state);
  where.require_if_given("upper(model) = upper(?)", filter.model);
  where.require_if_given("strpos(lower(agency), lower(?)) > 0", filter.agency);
  where.require_if_given("strpos(lower(county), lower(?)) > 0", filter.county);
  return store.connection().query(
      "SELECT " + agreement_columns + " FROM " + source + where.sql() + agreement_order,
      where.parameters());
}

/// An expression for `text` without case and punctuation.
std::string simplified(const std::string& text) {
  return "btrim(regexp_replace(regexp_replace(lower(" + text +
         R"(), '[''’`.]', '', 'g'), '[^[:alnum:]]+', ' ', 'g')))";
}

}  // namespace

Table current(Store& store, const AgreementFilter& filter) {
  return select_agreements(
      store, filter.list == List::participating ? "current_agreements" : "current_applications",
      filter, {});
}

Table as_of(Store& store, Date day, std::optional<Instant> known_at,
            const AgreementFilter& filter) {
  const std::string function =
      filter.list == List::participating ? "agreements_as_of" : "applications_as_of";
  return select_agreements(store, function + "($1, $2)", filter,
                           {to_value(day), known_at ? to_value(*known_at) : Value("infinity")});
}

Table find(Store& store, const std::string& text) {
  return store.connection().query(
      "WITH wanted AS (SELECT agency_id, spellings FROM agencies, (SELECT " + simplified("$1") +
          " AS text) sought WHERE text <> '' AND EXISTS (SELECT FROM unnest(spellings) AS s"
          " WHERE strpos(" +
          simplified("s") +
          ", text) > 0)), "
          R"sql(
latest AS (
  SELECT DISTINCT ON (agreement_id) *,
    (min(listed_from) OVER (PARTITION BY agreement_id) AT TIME ZONE 'America/New_York')::date
      AS first_listed
  FROM agreement_history ORDER BY agreement_id, listed_from DESC)
SELECT agency_id, state, agency, array_to_string(spellings, '; ') AS spellings, list, model, signed,
  CASE WHEN listed_to IS NULL THEN 'listed' ELSE coalesce((
    SELECT c.reason FROM change_log c JOIN edition_log e USING (edition_id)
    WHERE c.agreement_id = latest.agreement_id AND c.kind = 'terminated' AND c.stands
    ORDER BY e.listed_at DESC, c.seq DESC LIMIT 1), 'unlisted') END AS status,
  first_listed, last_listed,
  agreement_id
FROM wanted JOIN latest USING (agency_id)
ORDER BY state COLLATE "C", agency_id, list, first_listed, model, signed, agreement_id)sql",
      {text});
}

Table editions(Store& store, const std::string& status) {
  Filter where;
  where.require_if_given("status = ?", status);
  return store.connection().query(
      "SELECT edition_id, list, date, listed_at, dated_by, status, reason, baseline, listings,"
      " agreements, file_name, document, saved_at, verdict, verdict_by, verdict_at, verdict_why"
      " FROM edition_log" +
          where.sql() + " ORDER BY list, listed_at",
      where.parameters());
}

Table decisions(Store& store) {
  return store.connection().query(
      "SELECT decision_id, decided_at, decided_by, decision, why, list, state, agency, model, "
      "signed,"
      " other_state, other_agency, other_model, other_signed FROM decision_log"
      " ORDER BY decision_id");
}

Table reviews(Store& store) {
  return store.connection().query(R"sql(
WITH candidates AS (
  SELECT r.review_id, r.list, e.date, e.listed_at, e.file_name, r.question, place,
    current_id(agreement_id) AS agreement_id
  FROM reviews r
  JOIN editions e ON e.edition_id = r.edition_id AND e.recorded_to IS NULL,
    unnest(r.agreement_ids) WITH ORDINALITY AS given (agreement_id, place)
  WHERE r.recorded_to IS NULL),
latest AS (
  SELECT DISTINCT ON (agreement_id) *,
    (min(listed_from) OVER (PARTITION BY agreement_id) AT TIME ZONE 'America/New_York')::date
      AS first_listed
  FROM agreement_history WHERE agreement_id IN (SELECT agreement_id FROM candidates)
  ORDER BY agreement_id, listed_from DESC)
SELECT c.review_id AS review, c.list, c.date, c.question, c.agreement_id, l.state, l.agency,
  l.model, l.signed, l.moa_status, l.moa_url, l.first_listed, l.last_listed,
  c.file_name AS edition_file,
  (SELECT b.file_name FROM editions b
   WHERE b.list = c.list AND b.status = 'accepted' AND b.recorded_to IS NULL
     AND b.listed_at < c.listed_at ORDER BY b.listed_at DESC LIMIT 1) AS edition_before
FROM candidates c LEFT JOIN latest l USING (agreement_id)
ORDER BY c.review_id, c.place)sql");
}

}  // namespace agreementd::storage
