#include "lists.h"

#include <sstream>

namespace agreementd::testing {
namespace {

std::vector<std::string> cells(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string cell; std::getline(stream, cell, '|');) {
    const auto begin = cell.find_first_not_of(' ');
    const auto end = cell.find_last_not_of(' ');
    result.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
  }
  result.resize(6);
  return result;
}

Reading list(List which, const std::vector<std::string>& rows) {
  Reading reading;
  reading.list = which;
  reading.columns = {Column::state, Column::agency, Column::agency_type, Column::county,
                     Column::model};
  if (which == List::participating)
    reading.columns.insert({Column::signed_on, Column::moa, Column::addendum});
  std::string content(to_string(which));
  for (const auto& text : rows) {
    reading.listings.push_back(row(text));
    reading.listings.back().row = static_cast<int>(reading.listings.size()) + 1;
    content += text + "\n";
  }
  reading.content = sha256(content);
  return reading;
}

}  // namespace

Listing row(const std::string& text) {
  const auto cell = cells(text);
  Listing listing;
  listing.state = listing.state_text = cell[0];
  listing.agency = cell[1];
  listing.model = listing.model_text = cell[2];
  listing.signed_text = cell[3];
  listing.signed_on = parse_date(cell[3]);
  if (cell[4] == "pending")
    listing.moa_status = MoaStatus::pending;
  else if (!cell[4].empty()) {
    listing.moa_status = MoaStatus::posted;
    listing.moa_url = "https://www.ice.gov/doclib/287gMOA/" + cell[4];
  }
  listing.county = cell[5];
  return listing;
}

Reading participating(const std::vector<std::string>& rows) {
  return list(List::participating, rows);
}
Reading pending(const std::vector<std::string>& rows) { return list(List::pending, rows); }

Decision decision(DecisionKind kind, const std::string& one, const std::string& other,
                  std::int64_t id, List list) {
  const auto key = [](const std::string& text) {
    const auto printed = row(text);
    return PrintedKey{printed.state,       printed.agency, printed.model,   printed.signed_on,
                      printed.signed_text, printed.county, printed.moa_url, {}};
  };
  Decision decision;
  decision.decision_id = id;
  decision.kind = kind;
  decision.list = list;
  decision.one = key(one);
  decision.other = key(other);
  decision.by = "Jane";
  decision.why = "the county said so";
  return decision;
}

Edition edition(const Reading& reading, const std::string& day, const std::string& name) {
  Edition edition;
  edition.list = reading.list;
  edition.content = reading.content;
  edition.file_name = name.empty() ? std::string(to_string(reading.list)) + day + ".xlsx" : name;
  edition.document = sha256(edition.file_name);
  edition.dating = {new_york_instant(*parse_date(day), std::chrono::hours{9}), DatedBy::file_name,
                    std::nullopt};
  edition.instant = edition.dating.at;
  edition.id = edition_id(edition.list, edition.content, edition.document, edition.file_name);
  return edition;
}

History::History(tracking::Rules rules) : fold_({}, {}, std::move(rules)) {}

History& History::then(const std::string& day, const Reading& reading) {
  return then(edition(reading, day), reading);
}

History& History::then(const Edition& edition, const Reading& reading) {
  fold_.step(edition, reading);
  return *this;
}

tracking::Folded History::finish() { return fold_.finish(); }

std::string describe(const Change& change) {
  std::string text(to_string(change.kind));
  text += ' ' + change.state + ' ' + change.agency + ' ' + change.model;
  if (change.signed_on) text += ' ' + to_string(*change.signed_on);
  if (!change.reason.empty()) text += ' ' + change.reason;
  for (const auto& field : change.fields)
    text += " [" + std::string(to_string(field.field)) + ": " + field.before + " -> " +
            field.after + "]";
  if (change.unconfirmed) text += " unconfirmed";
  return text;
}

std::vector<std::string> describe(const std::vector<Change>& changes) {
  std::vector<std::string> result;
  for (const auto& change : changes) result.push_back(describe(change));
  return result;
}

}  // namespace agreementd::testing
