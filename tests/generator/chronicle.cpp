#include "tests/generator/chronicle.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace agreementd::generator {
namespace {

/// DESIGN.md: an application was signed where its agreement was listed within that time before.
constexpr std::chrono::days signing_window{90};

constexpr std::array fields{Column::state,  Column::agency,  Column::agency_type,
                            Column::county, Column::model,   Column::signed_on,
                            Column::moa,    Column::addendum};

std::string file_of(const std::string& url) { return url.substr(url.find_last_of('/') + 1); }

std::string value_of(const Listing& row, Column field) {
  switch (field) {
    case Column::state:
      return row.state;
    case Column::agency:
      return row.agency;
    case Column::agency_type:
      return row.agency_type;
    case Column::county:
      return row.county;
    case Column::model:
      return row.model;
    case Column::signed_on:
      return row.signed_on ? to_string(*row.signed_on) : row.signed_text;
    case Column::moa:
      return file_of(row.moa_url);
    case Column::addendum:
      return file_of(row.addendum_url);
  }
  return {};
}

bool meet(const std::set<std::string>& one, const std::set<std::string>& other) {
  return std::any_of(one.begin(), one.end(),
                     [&](const auto& value) { return other.contains(value); });
}

bool is_link(Column field) { return field == Column::moa || field == Column::addendum; }

}  // namespace

std::string_view name_of(Kind kind) {
  static constexpr std::array<std::string_view, kinds> names{
      "new",        "terminated", "superseded or switched",
      "reinstated", "identity",   "MOA",
      "details",    "applied",    "signed",
      "withdrawn",  "amended"};
  return names.at(static_cast<std::size_t>(kind));
}

Kind kind_of(List list, Column field) {
  if (list == List::pending) return Kind::amended;
  if (is_link(field)) return field == Column::moa ? Kind::moa : Kind::details;
  return field == Column::agency_type || field == Column::county ? Kind::details : Kind::identity;
}

void Chronicle::read(const Publication& publication, const Reading& reading) {
  if (!publication.believable) return;
  const auto shown = shown_by(publication, reading);
  const bool baseline = begun_.insert(publication.list).second;
  for (const auto& [owner, values] : shown.by_owner) {
    const bool is_new = !known_.contains(owner);
    auto& known = known_[owner];
    if (is_new) {
      known.values = values;
      known.first_listed = publication.day;
    }
    if (is_new && !baseline)
      events_.push_back({publication.list == List::pending ? Kind::applied : Kind::added,
                         publication.number, owner, "", 0});
    if (!is_new && !known.listed)
      events_.push_back({Kind::returned, publication.number, owner, "", 0});
    known.listed = true;
    known.disguised = publication.disguised.contains(owner);
    if (!is_new) note_changes(publication, owner, shown, reading.columns);
  }
  for (auto& [owner, known] : known_)
    if (known.listed && world_.hidden[owner].list == publication.list &&
        !shown.by_owner.contains(owner)) {
      known.listed = false;
      note_end(publication, owner);
    }
  for (const auto& [owner, values] : shown.by_owner)
    for (const auto& [field, printed] : values)
      if (!printed.empty()) ever_filled_[publication.list].insert(field);
}

Chronicle::Shown Chronicle::shown_by(const Publication& publication, const Reading& reading) const {
  Shown shown;
  for (const auto& row : reading.listings) {
    // Row 1 is the header.
    auto& values = shown.by_owner[publication.owners.at(static_cast<std::size_t>(row.row) - 2)];
    for (const auto field : fields)
      if (const auto value = plain(value_of(row, field)); !value.empty())
        values[field].insert(value);
  }
  for (const auto field : {Column::moa, Column::addendum}) {
    const auto [had, lost] = counted_losses(shown, field);
    // Few have an addendum: where the links are gone theirs are as well.
    const bool many = lost >= 5 || shown.lost.contains(Column::moa);
    if (many && lost * 2 > had) shown.lost.insert(field);
  }
  return shown;
}

/// Of how many agreements printed now a value of the field was known, and of how many of those it
/// is not printed.
std::pair<long, long> Chronicle::counted_losses(const Shown& shown, Column field) const {
  long had = 0, lost = 0;
  for (const auto& [owner, values] : shown.by_owner) {
    const auto known = known_.find(owner);
    if (known == known_.end() || !known->second.values.contains(field)) continue;
    ++had;
    lost += values.contains(field) ? 0 : 1;
  }
  return {had, lost};
}

void Chronicle::note_changes(const Publication& publication, std::size_t owner, const Shown& shown,
                             const std::set<Column>& columns) {
  auto& known = known_.at(owner).values;
  const auto& now = shown.by_owner.at(owner);
  for (const auto field : columns) {
    const auto before = known.contains(field) ? known.at(field) : Values{};
    const auto after = now.contains(field) ? now.at(field) : Values{};
    if (after.empty() && (before.empty() || shown.lost.contains(field))) continue;
    const bool optional = kind_of(List::participating, field) == Kind::details;
    const bool fills_in =
        before.empty() && optional && !ever_filled_[publication.list].contains(field);
    if (!meet(before, after) && !fills_in)
      events_.push_back({kind_of(publication.list, field), publication.number, owner,
                         std::string(to_string(field)), 0});
    if (after.empty())
      known.erase(field);
    else
      known[field] = after;
  }
}

void Chronicle::note_end(const Publication& publication, std::size_t owner) {
  const auto& hidden = world_.hidden[owner];
  const auto other = hidden.successor + 1;
  if (publication.list == List::pending) {
    const auto agreement = known_.find(hidden.successor);
    const bool became = hidden.ending == Ending::became_agreement && agreement != known_.end() &&
                        publication.day - agreement->second.first_listed <= signing_window;
    if (became && agreement->second.disguised) {
      unknowable_.emplace(publication.number, owner);
      return;
    }
    events_.push_back({became ? Kind::signed_off : Kind::withdrawn, publication.number, owner, "",
                       became ? other : 0});
  } else if (hidden.ending == Ending::superseded || hidden.ending == Ending::switched) {
    events_.push_back({Kind::replaced, publication.number, owner,
                       hidden.ending == Ending::superseded ? "superseded" : "switched", other});
  } else {
    events_.push_back({Kind::ended, publication.number, owner, "", 0});
  }
}

}  // namespace agreementd::generator
