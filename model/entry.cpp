#include "model/entry.h"

#include <nlohmann/json.hpp>

namespace agreementd {
namespace {

// nlohmann::json keeps object keys in byte order, which for our ASCII keys is RFC 8785's order, and
// escapes strings as RFC 8785 asks.
using nlohmann::json;

std::string signed_text(const std::optional<Date>& date) { return date ? to_string(*date) : ""; }

std::optional<Column> parse_field(const std::string& name) {
  for (const auto column : {Column::state, Column::agency, Column::agency_type, Column::county,
                            Column::model, Column::signed_on, Column::moa, Column::addendum})
    if (to_string(column) == name) return column;
  return std::nullopt;
}

template <typename T>
T required(std::optional<T> value, const char* key) {
  if (!value) throw Failure(std::string("bad value of ") + key);
  return *value;
}

Change parse_change(const json& object) {
  const auto text = [&](const char* key) { return object.at(key).get<std::string>(); };
  Change change;
  change.list = required(parse_list_name(text("list")), "list");
  change.kind = required(parse_change_kind(text("kind")), "kind");
  change.reason = text("reason");
  change.agreement_id = text("agreement_id");
  change.agency_id = text("agency_id");
  change.related_id = object.value("related_id", "");
  change.state = text("state");
  change.agency = text("agency");
  change.model = text("model");
  if (const auto date = text("signed"); !date.empty())
    change.signed_on = required(parse_date(date), "signed");
  change.edition_id = required(parse_sha256(text("edition_id")), "edition_id");
  change.edition_file = text("edition_file");
  change.effective_date = required(parse_date(text("effective_date")), "effective_date");
  for (const auto& name : object.at("fields")) {
    const auto key = name.get<std::string>();
    change.fields.push_back({required(parse_field(key), "fields"),
                             object.at("before").at(key).get<std::string>(),
                             object.at("after").at(key).get<std::string>()});
  }
  change.clerical = text("significance") == "clerical";
  change.unconfirmed = object.at("unconfirmed").get<bool>();
  if (const auto seq = object.find("retracts_seq"); seq != object.end())
    change.retracts_seq = seq->get<std::int64_t>();
  change.evidence = text("evidence");
  return change;
}

}  // namespace

std::string canonical_json(const Entry& entry) {
  const Change& change = entry.change;
  json object{
      {"seq", entry.seq},
      {"recorded_at", to_string(entry.recorded_at)},
      {"cause", to_string(entry.cause)},
      {"list", to_string(change.list)},
      {"kind", to_string(change.kind)},
      {"reason", change.reason},
      {"agreement_id", change.agreement_id},
      {"agency_id", change.agency_id},
      {"state", change.state},
      {"agency", change.agency},
      {"model", change.model},
      {"signed", signed_text(change.signed_on)},
      {"edition_id", to_hex(change.edition_id)},
      {"edition_file", change.edition_file},
      {"effective_date", to_string(change.effective_date)},
      {"fields", json::array()},
      {"before", json::object()},
      {"after", json::object()},
      {"significance", change.clerical ? "clerical" : "substantive"},
      {"unconfirmed", change.unconfirmed},
      {"evidence", change.evidence},
  };
  for (const auto& field : change.fields) {
    const std::string name(to_string(field.field));
    object["fields"].push_back(name);
    object["before"][name] = field.before;
    object["after"][name] = field.after;
  }
  if (!change.related_id.empty()) object["related_id"] = change.related_id;
  if (change.retracts_seq) object["retracts_seq"] = *change.retracts_seq;
  return object.dump();
}

Result<Entry> parse_entry(const std::string& text) {
  try {
    const json object = json::parse(text);
    Entry entry;
    entry.seq = object.at("seq").get<std::int64_t>();
    entry.recorded_at =
        required(parse_instant(object.at("recorded_at").get<std::string>()), "recorded_at");
    entry.cause = required(parse_cause(object.at("cause").get<std::string>()), "cause");
    entry.change = parse_change(object);
    return entry;
  } catch (const std::exception& error) {
    return Error{std::string("not an entry of the change log: ") + error.what()};
  }
}

}  // namespace agreementd
