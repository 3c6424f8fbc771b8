#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/history.h"
#include "model/input.h"
#include "storage/store.h"
#include "storage/table.h"

/// What people ask. Every answer is a table of texts (storage/table.h). Read-only; needs no more
/// than the reader role, except where it says so. Ids are those in force, after redirects.
namespace agreementd::storage {

struct AgreementFilter {
  List list = List::participating;
  std::string state = {};   ///< two letters; empty: all
  std::string model = {};   ///< empty: all
  std::string agency = {};  ///< part of the name, case ignored; empty: all
  std::string county = {};  ///< part of the name, case ignored; empty: all
};

struct ChangeFilter {
  std::optional<Date> since = {}, until = {};  ///< listed clock, inclusive, New York
  std::optional<Instant> recorded_since = {};
  std::optional<std::int64_t> after_seq = {};
  std::string kind = {}, state = {}, model = {}, significance = {}, cause = {};  ///< empty: all
  std::optional<List> list = {};
  bool all = false;  ///< retracted entries and retractions too
};

/// Columns: agreement_id, agency_id, list, state, agency, agency_type, county, model, signed,
/// moa_status, moa_url, addendum_url, first_listed, left_censored, last_listed, edition_file.
/// `last_listed` and `edition_file` are of the edition that was the newest then. Sorted by state,
/// agency, model, signed.
Table current(Store& store, const AgreementFilter& filter);
/// What was listed at the end of `day` (New York), as known at `known_at` (absent: now).
Table as_of(Store& store, Date day, std::optional<Instant> known_at, const AgreementFilter& filter);
/// Columns: seq, list, kind, reason, cause, state, agency, model, signed, effective_date,
/// edition_file, fields (joined by `;`), before, after (JSON objects, as in the entry),
/// significance, agreement_id, recorded_at, agency_id, related_id, retracts_seq, unconfirmed,
/// not_before, evidence. By seq.
Table changes(Store& store, const ChangeFilter& filter);
/// Agencies by any spelling ICE ever used (case and punctuation ignored), with their agreements.
/// One row an agreement: agency_id, state, agency, spellings (joined by `; `), list, model, signed,
/// status (`listed`, or why it is not any more: `unlisted`, `superseded`, `switched`, `signed`),
/// first_listed, last_listed, agreement_id. None for a text without a letter or digit.
Table find(Store& store, const std::string& text);
/// The standing editions: edition_id, list, date, listed_at, dated_by, status, reason, baseline,
/// listings, agreements, file_name, document, saved_at, verdict, verdict_by, verdict_at,
/// verdict_why. By list and instant.
Table editions(Store& store, const std::string& status);

/// The open reviews, a row for each candidate: review (its number), list, date (of the edition that
/// raised it), question, agreement_id, state, agency, model, signed, moa_status, moa_url,
/// first_listed, last_listed, edition_file (that edition), edition_before (the accepted one before
/// it: what to compare it with). By review; the candidate that left first. Needs the writer role.
Table reviews(Store& store);

/// What people decided on who is who: decision_id, decided_at, decided_by, decision (`same-as` or
/// `distinct-from`), why, list, and what the two print: state, agency, model, signed, other_state,
/// other_agency, other_model, other_signed. In the order in which they were recorded.
Table decisions(Store& store);

/// One agreement's story (redirects followed). Empty tables where the id is unknown; no versions
/// where none is believed any more.
struct Story {
  std::string id;
  Table versions;   ///< list, from, to, facts, tier, evidence, edition file and document
  Table changes;    ///< columns of `changes`; retracted entries and retractions too
  Table documents;  ///< sha256, file_name, first seen, size
};
Story agreement_story(Store& store, const std::string& agreement_id);
/// The ids of an agency's agreements, first listed first; also of those not believed any more that
/// an entry told of. Empty where the id is unknown.
std::vector<std::string> agency_agreements(Store& store, const std::string& agency_id);

/// Counts of listed agreements: list, model, count.
Table count_by_model(Store& store);
/// list, state, count.
Table count_by_state(Store& store);
/// month (YYYY-MM), new, reinstated, terminated, net (new + reinstated - terminated), listed (at
/// the month's end); participating, standing entries.
Table count_by_month(Store& store);

/// name, value: schema version, inputs, unreadable documents, editions by status and list, last
/// edition, last change, open notices. Needs the writer role.
Table status(Store& store);
/// sha256, file_name (of its last fetch; the URL where it had none), reason, came_at: the documents
/// that came as lists (imported, or served with a good status where a list was due) and cannot be
/// read as one. The newest `limit`. Needs the writer role.
Table unreadable_documents(Store& store, int limit);
/// kind, subject, text, opened_at: the open ones. Needs the writer role.
Table open_notices(Store& store);
/// The documents whose SHA-256 begins with these hex digits, lists or not. Needs the writer role.
std::vector<Sha256> documents_beginning(Store& store, const std::string& digits);
/// The raw bytes. Failure where the document is unknown. Needs the writer role.
std::string document_bytes(Store& store, const Sha256& sha256);

}  // namespace agreementd::storage
