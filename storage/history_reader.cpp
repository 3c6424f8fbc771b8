#include <map>
#include <utility>

#include <fmt/format.h>

#include "model/entry.h"
#include "storage/history.h"
#include "storage/inputs.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

Edition read_edition(const Values& row, const std::map<std::int64_t, Verdict>& verdicts) {
  Edition edition;
  edition.id = read_sha256(row[0]);
  edition.list = read_name(row[1], parse_list_name);
  edition.content = read_sha256(row[2]);
  edition.document = read_sha256(row[3]);
  edition.file_name = read_text_or_empty(row[4]);
  edition.dating = {read_instant(row[5]), read_name(row[6], parse_dated_by), row[7]};
  edition.instant = read_instant(row[8]);
  edition.saved_at = read_optional_instant(row[9]);
  if (row[10]) {
    const auto verdict = verdicts.find(read_integer(row[10]));
    if (verdict == verdicts.end())
      throw Failure(fmt::format("the verdict {} of edition {} is missing: restore a backup",
                                *row[10], to_hex(edition.id)));
    edition.verdict = verdict->second;
  }
  edition.status = read_name(row[11], parse_edition_status);
  edition.reason = read_text_or_empty(row[12]);
  edition.baseline = read_bool(row[13]);
  edition.listing_count = read_int(row[14]);
  edition.agreement_count = read_int(row[15]);
  return edition;
}

std::vector<Edition> load_editions(Transaction& transaction) {
  std::map<std::int64_t, Verdict> verdicts;
  for (auto& verdict : load_verdicts(transaction))
    verdicts.emplace(verdict.verdict_id, std::move(verdict));
  const auto table = transaction.query(
      "SELECT edition_id, list, content_hash, document, file_name, dated_at, dated_by, doubt,"
      " listed_at, saved_at, verdict_id, status, reason, baseline, listing_count, agreement_count"
      " FROM editions WHERE recorded_to IS NULL ORDER BY list, listed_at");
  std::vector<Edition> editions;
  for (const auto& row : table.rows) editions.push_back(read_edition(row, verdicts));
  return editions;
}

Listing read_listing(const Values& row) {
  Listing listing;
  listing.row = read_int(row[1]);
  listing.state = read_text(row[2]);
  listing.agency = read_text(row[3]);
  listing.agency_type = read_text(row[4]);
  listing.county = read_text(row[5]);
  listing.model = read_text(row[6]);
  listing.signed_on = read_optional_date(row[7]);
  listing.moa_status = read_name(row[8], parse_moa_status);
  listing.moa_url = read_text(row[9]);
  listing.addendum_url = read_text(row[10]);
  listing.state_text = read_text(row[11]);
  listing.model_text = read_text(row[12]);
  listing.signed_text = read_text(row[13]);
  listing.oddities = read_text_array(row[14]);
  listing.readable = read_bool(row[15]);
  return listing;
}

std::map<std::int64_t, std::vector<Listing>> load_rows(Transaction& transaction) {
  const auto table = transaction.query(
      "SELECT r.version_id, row_number, r.state, r.agency, r.agency_type, r.county, r.model,"
      " r.signed, r.moa_status, r.moa_url, r.addendum_url, state_text, model_text, r.signed_text,"
      " oddities, readable FROM version_rows r JOIN versions USING (version_id)"
      " WHERE recorded_to IS NULL ORDER BY r.version_id, position");
  std::map<std::int64_t, std::vector<Listing>> rows;
  for (const auto& row : table.rows) rows[read_integer(row[0])].push_back(read_listing(row));
  return rows;
}

Facts read_facts(const Values& row, std::size_t first) {
  Facts facts;
  facts.state = read_text(row[first]);
  facts.agency = read_text(row[first + 1]);
  facts.agency_type = read_text_or_empty(row[first + 2]);
  facts.county = read_text_or_empty(row[first + 3]);
  facts.model = read_text(row[first + 4]);
  facts.signed_on = read_optional_date(row[first + 5]);
  facts.signed_text = read_text_or_empty(row[first + 6]);
  facts.moa_status = read_name(row[first + 7], parse_moa_status);
  facts.moa_url = read_text_or_empty(row[first + 8]);
  facts.addendum_url = read_text_or_empty(row[first + 9]);
  return facts;
}

StoredVersion read_version(const Values& row) {
  StoredVersion stored;
  stored.version_id = read_integer(row[0]);
  auto& version = stored.version;
  version.agreement_id = read_text(row[1]);
  version.agency_id = read_text(row[2]);
  version.list = read_name(row[3], parse_list_name);
  version.from = read_instant(row[4]);
  version.to = read_optional_instant(row[5]);
  version.from_edition = read_sha256(row[6]);
  version.to_edition = read_optional_sha256(row[7]);
  version.left_censored = read_bool(row[8]);
  version.match = {read_int(row[9]), read_text_or_empty(row[10])};
  version.facts = read_facts(row, 11);
  return stored;
}

std::vector<StoredVersion> load_versions(Transaction& transaction) {
  auto rows = load_rows(transaction);
  const auto table = transaction.query(
      "SELECT version_id, agreement_id, agency_id, list, listed_from, listed_to, from_edition,"
      " to_edition, left_censored, match_tier, evidence, state, agency, agency_type, county, model,"
      " signed, signed_text, moa_status, moa_url, addendum_url"
      " FROM versions WHERE recorded_to IS NULL ORDER BY version_id");
  std::vector<StoredVersion> versions;
  versions.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    versions.push_back(read_version(row));
    versions.back().version.rows = std::move(rows[versions.back().version_id]);
  }
  return versions;
}

std::vector<Entry> load_standing(Transaction& transaction) {
  const auto table = transaction.query(
      "SELECT entry FROM entries c WHERE retracts_seq IS NULL"
      " AND NOT EXISTS (SELECT FROM entries x WHERE x.retracts_seq = c.seq) ORDER BY seq");
  std::vector<Entry> entries;
  entries.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    auto entry = parse_entry(read_text(row[0]));
    if (!entry)
      throw Failure("the change log is damaged: " + entry.error() + ": run agreementctl verify");
    entries.push_back(std::move(*entry));
  }
  return entries;
}

std::vector<Minting> load_mintings(Transaction& transaction) {
  const auto table = transaction.query(
      "SELECT id, minting_order, list, content_hash, state_text, agency, model_text, signed_text,"
      " county, moa_url FROM mintings ORDER BY minting_order");
  std::vector<Minting> mintings;
  mintings.reserve(table.rows.size());
  for (const auto& row : table.rows)
    mintings.push_back({read_text(row[0]), read_integer(row[1]), read_name(row[2], parse_list_name),
                        read_sha256(row[3]), read_text(row[4]), read_text(row[5]),
                        read_text(row[6]), read_text(row[7]), read_text(row[8]),
                        read_text(row[9])});
  return mintings;
}

std::vector<Review> load_reviews(Transaction& transaction) {
  const auto table = transaction.query(
      "SELECT edition_id, list, agreement_ids, question FROM reviews"
      " WHERE recorded_to IS NULL ORDER BY review_id");
  std::vector<Review> reviews;
  for (const auto& row : table.rows)
    reviews.push_back({read_sha256(row[0]), read_name(row[1], parse_list_name),
                       read_text_array(row[2]), read_text(row[3])});
  return reviews;
}

}  // namespace

StoredHistory load_history(Transaction& transaction) {
  StoredHistory history;
  history.editions = load_editions(transaction);
  history.versions = load_versions(transaction);
  history.standing = load_standing(transaction);
  history.mintings = load_mintings(transaction);
  for (const auto& row :
       transaction.query("SELECT from_id, to_id FROM redirect_targets ORDER BY from_id").rows)
    history.redirects.push_back({read_text(row[0]), read_text(row[1])});
  history.reviews = load_reviews(transaction);
  return history;
}

}  // namespace agreementd::storage
