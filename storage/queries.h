#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/history.h"
#include "model/input.h"
#include "storage/store.h"

/// What people ask. Every answer is a table of texts, ready to be printed: dates ISO, times UTC with Z,
/// booleans `true`/`false`, NULL absent. Read-only; needs no more than the reader role.
namespace agreementd::storage {

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
};

struct AgreementFilter {
  List list = List::participating;
  std::string state;    ///< two letters; empty: all
  std::string model;    ///< empty: all
  std::string agency;   ///< part of the name, case ignored; empty: all
  std::string county;   ///< part of the name, case ignored; empty: all
};

struct ChangeFilter {
  std::optional<Date> since, until;          ///< listed clock, inclusive, New York
  std::optional<Instant> recorded_since;
  std::optional<std::int64_t> after_seq;
  std::string kind, state, model, significance, cause;  ///< empty: all
  std::optional<List> list;
  bool all = false;  ///< retracted entries and retractions too
};

/// Columns: agreement_id, agency_id, list, state, agency, agency_type, county, model, signed,
/// moa_status, moa_url, addendum_url, first_listed, left_censored, last_listed, edition_file.
/// Sorted by state, agency, model, signed.
Table current(Store& store, const AgreementFilter& filter);
/// What was listed at the end of `day` (New York), as known at `known_at` (absent: now).
Table as_of(Store& store, Date day, std::optional<Instant> known_at, const AgreementFilter& filter);
/// Columns: seq, list, kind, reason, cause, state, agency, model, signed, effective_date,
/// edition_file, fields, before, after, significance, agreement_id, recorded_at, agency_id,
/// related_id, retracts_seq, unconfirmed, not_before, evidence. By seq.
Table changes(Store& store, const ChangeFilter& filter);
/// Agencies by any spelling ICE ever used, with their agreements. One row an agreement: agency_id,
/// state, agency, spellings, list, model, signed, status, first_listed, last_listed, agreement_id.
Table find(Store& store, const std::string& text);
/// The standing editions: edition_id, list, date, listed_at, dated_by, status, reason, baseline,
/// listings, agreements, file_name, document, saved_at, verdict. By list and instant.
Table editions(Store& store, const std::string& status);

/// One agreement's story (redirects followed). Empty tables where the id is unknown.
struct Story {
  std::string id;
  Table versions;   ///< from, to, facts, tier, evidence, edition file and document
  Table changes;    ///< columns of `changes`
  Table documents;  ///< sha256, file_name, first seen, size
};
Story agreement_story(Store& store, const std::string& agreement_id);
/// The ids of an agency's agreements, first listed first. Empty where the id is unknown.
std::vector<std::string> agency_agreements(Store& store, const std::string& agency_id);

/// Counts of listed agreements: list, model, count.
Table count_by_model(Store& store);
/// list, state, count.
Table count_by_state(Store& store);
/// month (YYYY-MM), new, terminated, net; participating, standing entries.
Table count_by_month(Store& store);

/// name, value: schema version, inputs, editions by status and list, last edition, last change, open
/// notices.
Table status(Store& store);
/// kind, subject, text, opened_at: the open ones.
Table open_notices(Store& store);
/// The raw bytes. Failure where the document is unknown. Needs the writer role.
std::string document_bytes(Store& store, const Sha256& sha256);

}  // namespace agreementd::storage
