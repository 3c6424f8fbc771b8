#include "storage/query_changes.h"

#include "storage/queries.h"
#include "storage/values.h"

namespace agreementd::storage {

// `before` and `after` are taken from the text, not from what PostgreSQL made of it: as recorded.
Table select_changes(Transaction& transaction, const std::string& source, const Filter& where) {
  return transaction.query(
      "SELECT seq, list, kind, reason, cause, state, agency, model, signed, effective_date,"
      " edition_file, array_to_string(fields, ';') AS fields, (entry::json -> 'before')::text AS"
      " before, (entry::json -> 'after')::text AS after, significance, agreement_id, recorded_at,"
      " agency_id, related_id, retracts_seq, unconfirmed, not_before, evidence FROM " +
          source + where.sql() + " ORDER BY seq",
      where.parameters());
}

Table changes(Store& store, const ChangeFilter& filter) {
  Filter where;
  if (!filter.all) where.require("stands");
  if (filter.since) where.require("effective_date >= ?", to_value(*filter.since));
  if (filter.until) where.require("effective_date <= ?", to_value(*filter.until));
  if (filter.recorded_since) where.require("recorded_at >= ?", to_value(*filter.recorded_since));
  if (filter.after_seq) where.require("seq > ?", to_value(*filter.after_seq));
  if (filter.list) where.require("list = ?", to_value(to_string(*filter.list)));
  where.require_if_given("kind = ?", filter.kind);
  where.require_if_given("upper(state) = upper(?)", filter.state);
  where.require_if_given("upper(model) = upper(?)", filter.model);
  where.require_if_given("significance = ?", filter.significance);
  where.require_if_given("cause = ?", filter.cause);
  const auto transaction = store.connection().begin(Snapshot::whole);
  return select_changes(*transaction, "change_log", where);
}

}  // namespace agreementd::storage
