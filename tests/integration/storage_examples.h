#pragma once

#include <chrono>
#include <string>

#include "model/difference.h"
#include "model/input.h"
#include "storage/store.h"

/// Hand-made values of the model, each field filled, for storage to keep.
namespace agreementd::testing {

inline Date day(int year, unsigned month, unsigned number) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{number}};
}
/// 13:00 in New York.
inline Instant noon(Date date) { return new_york_instant(date, std::chrono::hours{13}); }

inline Document document(const std::string& bytes) { return {sha256(bytes), bytes}; }

inline Fetch import_of(const Document& document, const std::string& name) {
  Fetch fetch;
  fetch.at = noon(day(2025, 9, 1));
  fetch.url = "/lists/" + name;
  fetch.document = document.sha256;
  fetch.file_name = name;
  return fetch;
}

inline Verdict verdict_on(const Sha256& document, const std::string& name) {
  Verdict verdict;
  verdict.kind = VerdictKind::approve;
  verdict.by = "an operator";
  verdict.why = "ICE confirmed it";
  verdict.at = noon(day(2025, 9, 2));
  verdict.subjects = {{document, name}};
  return verdict;
}

inline Edition edition(const Document& document, Date date, List list = List::participating) {
  Edition edition;
  edition.list = list;
  edition.content = sha256("content of " + document.bytes);
  edition.document = document.sha256;
  edition.file_name = document.bytes + ".xlsx";
  edition.id = edition_id(list, edition.content, edition.document, edition.file_name);
  edition.dating = {noon(date), DatedBy::file_name, std::nullopt};
  edition.instant = edition.dating.at;
  edition.listing_count = 2;
  edition.agreement_count = 1;
  return edition;
}

inline Listing listing(const std::string& agency) {
  Listing listing;
  listing.row = 7;
  listing.state = "TX";
  listing.agency = agency;
  listing.agency_type = "County";
  listing.county = "Anywhere";
  listing.model = "WSO";
  listing.signed_on = day(2025, 6, 12);
  listing.moa_status = MoaStatus::posted;
  listing.moa_url = "https://example.org/moa.pdf";
  listing.addendum_url = "https://example.org/addendum.pdf";
  listing.state_text = "TEXAS";
  listing.model_text = "Warrant Services Officer";
  listing.signed_text = "2025-06-12";
  return listing;
}

/// `key`: 8 characters A–Z, 2–7.
inline Version version(const std::string& key, const Edition& from, const std::string& agency) {
  Version version;
  version.agreement_id = "A" + key;
  version.agency_id = "G" + key;
  version.list = from.list;
  version.from = from.instant;
  version.from_edition = from.id;
  version.rows = {listing(agency)};
  const auto& row = version.rows.front();
  version.facts = {row.state,     row.agency,      row.agency_type, row.county,  row.model,
                   row.signed_on, row.signed_text, row.moa_status,  row.moa_url, row.addendum_url};
  return version;
}

inline void end(Version& version, const Edition& by) {
  version.to = by.instant;
  version.to_edition = by.id;
}

inline Minting minting_of(const Version& version) {
  return {version.agreement_id,
          0,
          version.list,
          sha256("content"),
          "TEXAS",
          version.facts.agency,
          "Model",
          "2025-06-12",
          "Bee County",
          "https://www.ice.gov/bee.pdf"};
}

inline Change change(const Version& version, ChangeKind kind, const Edition& edition) {
  Change change;
  change.list = version.list;
  change.kind = kind;
  change.reason = kind == ChangeKind::added ? "listed" : "unlisted";
  change.agreement_id = version.agreement_id;
  change.agency_id = version.agency_id;
  change.state = version.facts.state;
  change.agency = version.facts.agency;
  change.model = version.facts.model;
  change.signed_on = version.facts.signed_on;
  change.edition_id = edition.id;
  change.edition_file = edition.file_name;
  change.effective_date = edition.date();
  return change;
}

inline Change retraction_of(Change change, std::int64_t seq) {
  change.kind = ChangeKind::retracted;
  change.reason = "an older edition was found";
  change.retracts_seq = seq;
  return change;
}

/// Stores documents with one import each, and the difference, in two transactions as the program
/// does.
inline void store_run(storage::Store& store, const std::vector<Document>& documents,
                      const Difference& difference, Instant now) {
  std::vector<Fetch> fetches;
  for (const auto& one : documents) fetches.push_back(import_of(one, one.bytes + ".xlsx"));
  store.add_evidence(documents, fetches);
  const auto consequences = store.begin_consequences();
  consequences->write(difference, now, {1, {}});
  consequences->commit();
}

/// What is believed now.
inline StoredHistory believed(storage::Store& store) {
  return store.begin_consequences()->history();
}

/// Two editions of the participating list: the baseline with one agreement, then another agreement
/// as well; one entry.
struct SmallHistory {
  Document first = document("first");
  Document second = document("second");
  Edition baseline = edition(first, day(2025, 6, 1));
  Edition later = edition(second, day(2025, 6, 8));
  Version old_one = version("AAAAAAAA", baseline, "Old County Sheriff's Office");
  Version new_one = version("BBBBBBBB", later, "New Town Police Department");
  Difference difference;

  SmallHistory() {
    baseline.baseline = true;
    old_one.left_censored = true;
    difference.editions = {baseline, later};
    difference.versions = {old_one, new_one};
    difference.mintings = {minting_of(old_one), minting_of(new_one)};
    difference.entries = {{Cause::archive, change(new_one, ChangeKind::added, later)}};
  }
  void store_in(storage::Store& store, Instant now = noon(day(2025, 9, 1))) const {
    store_run(store, {first, second}, difference, now);
  }
};

}  // namespace agreementd::testing
