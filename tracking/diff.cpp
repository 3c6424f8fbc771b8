#include "tracking/diff.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace agreementd::tracking {
namespace {

constexpr std::array all_fields{Column::state,  Column::agency,  Column::agency_type,
                                Column::county, Column::model,   Column::signed_on,
                                Column::moa,    Column::addendum};

Facts facts_of(const Listing& row) {
  return {row.state,     row.agency,      row.agency_type, row.county,  row.model,
          row.signed_on, row.signed_text, row.moa_status,  row.moa_url, row.addendum_url};
}

void copy_field(Facts& to, const Facts& from, Column field) {
  switch (field) {
    case Column::state:
      to.state = from.state;
      break;
    case Column::agency:
      to.agency = from.agency;
      break;
    case Column::agency_type:
      to.agency_type = from.agency_type;
      break;
    case Column::county:
      to.county = from.county;
      break;
    case Column::model:
      to.model = from.model;
      break;
    case Column::signed_on:
      to.signed_on = from.signed_on;
      to.signed_text = from.signed_text;
      break;
    case Column::moa:
      to.moa_status = from.moa_status;
      to.moa_url = from.moa_url;
      break;
    case Column::addendum:
      to.addendum_url = from.addendum_url;
      break;
  }
}

/// The list says that an MOA is posted, but not where (`link | addendum` with no link behind it).
constexpr const char* posted_somewhere = "?";

/// What two values of a field are compared by. Empty: there is none.
std::string meaning(const Facts& facts, Column field) {
  switch (field) {
    case Column::moa:
      return facts.moa_status == MoaStatus::posted && facts.moa_url.empty()
                 ? posted_somewhere
                 : moa_file(facts.moa_url);
    case Column::addendum:
      return moa_file(facts.addendum_url);
    case Column::signed_on:
      return facts.signed_on ? to_string(*facts.signed_on) : fold_text(facts.signed_text);
    default:
      return fold_text(field_text(facts, field));
  }
}

std::vector<Facts> facts_of(const std::vector<Listing>& rows) {
  std::vector<Facts> facts;
  facts.reserve(rows.size());
  for (const auto& row : rows) facts.push_back(facts_of(row));
  return facts;
}

const Facts* row_that_says(const std::vector<Facts>& rows, Column field,
                           const std::string& wanted) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const Facts& row) { return meaning(row, field) == wanted; });
  return found == rows.end() ? nullptr : &*found;
}

/// The very same characters: what nearly all rows of an edition are. Two texts that are not may
/// still mean the same.
bool same_print(const Facts& one, const Facts& other, Column field) {
  switch (field) {
    case Column::state:
      return one.state == other.state;
    case Column::agency:
      return one.agency == other.agency;
    case Column::agency_type:
      return one.agency_type == other.agency_type;
    case Column::county:
      return one.county == other.county;
    case Column::model:
      return one.model == other.model;
    case Column::signed_on:
      return one.signed_on == other.signed_on && one.signed_text == other.signed_text;
    case Column::moa:
      return one.moa_status == other.moa_status && one.moa_url == other.moa_url;
    case Column::addendum:
      return one.addendum_url == other.addendum_url;
  }
  return false;
}

/// The rows say nothing of a field of which something is known.
bool all_lost(const std::vector<Facts>& rows, const Facts& known, Column field) {
  return std::all_of(rows.begin(), rows.end(), [&](const Facts& row) {
    return !same_print(row, known, field) && meaning(row, field).empty();
  });
}

/// How much a row says of what we knew, then how much it says at all. Higher is better.
auto closeness(const Listing& row, const Facts* known) {
  const auto facts = facts_of(row);
  int same = 0;
  if (known != nullptr)
    for (const auto field : {Column::state, Column::agency, Column::model, Column::signed_on})
      same += meaning(facts, field) == meaning(*known, field) ? 1 : 0;
  return std::tuple(same, !row.moa_url.empty(), row.signed_on.has_value(), row.readable);
}

const Listing& choose(const Group& group, const Facts* known) {
  // max_element keeps the first of equals; rows are in canonical order.
  return *std::max_element(group.rows.begin(), group.rows.end(),
                           [&](const Listing& one, const Listing& other) {
                             return closeness(one, known) < closeness(other, known);
                           });
}

/// What of a group's printed forms makes a new version even where nothing changed.
auto printed(const std::vector<Form>& forms) {
  std::set<std::tuple<std::string, std::string, std::string, std::string>> identities;
  for (const auto& form : forms)
    identities.emplace(form.state, form.letters, form.model,
                       form.signed_on ? to_string(*form.signed_on) : form.signed_text);
  return identities;
}

/// Fills what the chosen row leaves blank from the other rows of its group.
void fill_blanks(Facts& facts, const Group& group) {
  if (group.rows.size() == 1) return;
  for (const auto field : all_fields)
    for (const auto& row : group.rows)
      if (const auto own = meaning(facts, field); own.empty() || own == posted_somewhere) {
        const auto other = facts_of(row);
        if (!meaning(other, field).empty()) copy_field(facts, other, field);
      }
}

}  // namespace

std::string field_text(const Facts& facts, Column field) {
  switch (field) {
    case Column::state:
      return facts.state;
    case Column::agency:
      return facts.agency;
    case Column::agency_type:
      return facts.agency_type;
    case Column::county:
      return facts.county;
    case Column::model:
      return facts.model;
    case Column::signed_on:
      return facts.signed_on ? to_string(*facts.signed_on) : facts.signed_text;
    case Column::moa:
      if (facts.moa_status == MoaStatus::posted)
        return facts.moa_url.empty() ? "posted" : facts.moa_url;
      return facts.moa_status == MoaStatus::pending ? "pending" : "";
    case Column::addendum:
      return facts.addendum_url;
  }
  return {};
}

std::set<Column> Comparison::vanished() const {
  std::set<Column> result;
  for (const auto& change : fields)
    if (meaning(facts, change.field).empty()) result.insert(change.field);
  return result;
}

Comparison first_facts(const Group& group) {
  Comparison comparison;
  comparison.representative = choose(group, nullptr);
  comparison.facts = facts_of(comparison.representative);
  fill_blanks(comparison.facts, group);
  return comparison;
}

Comparison compare(const Agreement& agreement, const Group& group, const ColumnNews& columns) {
  const auto& known = agreement.facts();
  const auto rows_before = facts_of(agreement.last().rows);
  Comparison comparison;
  comparison.representative = choose(group, &known);
  comparison.facts = known;
  comparison.printed_anew = printed(agreement.forms()) != printed(group.forms);
  auto now = facts_of(comparison.representative);
  fill_blanks(now, group);
  const auto rows_now = facts_of(group.rows);
  for (const auto field : all_fields) {
    if (!columns.present.contains(field)) continue;
    const auto before = meaning(known, field);
    const auto after = same_print(known, now, field) ? before : meaning(now, field);
    const bool was_lost = !before.empty() && all_lost(rows_before, known, field);
    if (!before.empty()) comparison.known.insert(field);
    if (was_lost && after.empty()) {
      comparison.still_missing.insert(field);
      continue;
    }
    comparison.printed_anew = comparison.printed_anew || was_lost;
    if (after == posted_somewhere && !before.empty()) continue;
    // Another row of the group may still say what we knew.
    const auto* still =
        after == before || before.empty() ? nullptr : row_that_says(rows_now, field, before);
    copy_field(comparison.facts, still != nullptr ? *still : now, field);
    if (after == before || still != nullptr) continue;
    const bool fills_in = (before.empty() && columns.first.contains(field)) ||
                          (before == posted_somewhere && !after.empty());
    const bool shown_before = !after.empty() && row_that_says(rows_before, field, after) != nullptr;
    if (!fills_in && !shown_before)
      comparison.fields.push_back({field, field_text(known, field), field_text(now, field)});
  }
  return comparison;
}

void keep_known(Comparison& comparison, Column field, const Facts& known) {
  copy_field(comparison.facts, known, field);
  std::erase_if(comparison.fields,
                [&](const FieldChange& change) { return change.field == field; });
  comparison.printed_anew = true;
}

}  // namespace agreementd::tracking
