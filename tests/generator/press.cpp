#include "tests/generator/press.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "tests/generator/clerk.h"
#include "tests/generator/file_names.h"

namespace agreementd::generator {
namespace {

using std::chrono::days;
using std::chrono::minutes;

/// TYPE, COUNTY and ADDENDUM came weeks after the first lists with such rows.
int introduced_after(Column column) {
  return column == Column::agency_type ? 12 : column == Column::county ? 20 : 35;
}
bool came_later(Column column) {
  return column == Column::agency_type || column == Column::county || column == Column::addendum;
}

/// Of how many agreements the one edition shows nothing that the other shows.
std::size_t missing(const Publication& edition, const Publication& other) {
  const std::unordered_set<std::size_t> shown(edition.owners.begin(), edition.owners.end());
  const std::unordered_set<std::size_t> all(other.owners.begin(), other.owners.end());
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](std::size_t owner) { return !shown.contains(owner); }));
}

template <typename Elements>
void shuffle(Elements& elements, Draw& draw) {
  for (std::size_t left = elements.size(); left > 1; --left)
    std::swap(elements[left - 1], elements[draw.below(left)]);
}

}  // namespace

Press::Press(const World& world, const Noise& noise, std::uint64_t seed)
    : world_(world), noise_(noise), seed_(stream(seed, 2)) {
  const Clerk clerk(world, noise, seed);
  for (std::size_t i = 0; i < world.hidden.size(); ++i) slips_.push_back(clerk.slips_of(i));
}

std::optional<Publication> Press::next() {
  if (next_ == world_.issues.size()) return std::nullopt;
  const auto& issue = world_.issues[next_];
  auto& desk = desks_[issue.list];
  Draw draw(stream(seed_, next_));

  auto rows = rows_on(world_, issue.list, issue.day, slips_);
  const auto shown = columns(desk, issue, rows, draw);
  if (issue.list == List::participating) lose_links(desk, rows, draw);
  if (draw.chance(noise_.shuffled)) shuffle(rows, draw);

  Publication fresh;
  fresh.number = next_++;
  fresh.list = issue.list;
  fresh.day = issue.day;
  fresh.text = laid_out(rows, shown);
  for (const auto& row : rows) {
    fresh.owners.push_back(row.owner);
    if (row.disguised) fresh.disguised.insert(row.owner);
  }

  // The first editions are as they should be: without them there is nothing to compare with.
  if (++desk.printed > 5) {
    if (auto old = stale(desk, fresh, draw))
      fresh = std::move(*old);
    else
      truncate(fresh, draw);
  }
  name(desk, issue, fresh, draw);
  if (desk.printed % 8 == 0 && fresh.believable) desk.archive.push_back(fresh);
  if (desk.archive.size() > 6) desk.archive.pop_front();
  return fresh;
}

/// A column that came stays, but for the editions in which it is forgotten; never where two
/// agreements could not be told apart without it.
std::vector<Column> Press::columns(Desk& desk, const Issue& issue,
                                   const std::vector<PrintedRow>& rows, Draw& draw) const {
  std::vector<Column> all{Column::state, Column::agency, Column::agency_type, Column::county,
                          Column::model};
  if (issue.list == List::participating)
    all.insert(all.end(), {Column::signed_on, Column::moa, Column::addendum});
  const bool county_wanted = wants_county(world_, rows);
  for (const auto column : all)
    if (issue.day - world_.first >= days{introduced_after(column)} || !came_later(column) ||
        (column == Column::county && county_wanted))
      desk.introduced.insert(column);
  if (draw.chance(noise_.column_gone)) {
    desk.column_gone = draw.pick(std::array{Column::agency_type, Column::county, Column::addendum});
    desk.column_gone_for = draw.between(1, 3);
  }
  const bool gone = desk.column_gone_for > 0;
  if (gone) --desk.column_gone_for;
  std::erase_if(all, [&](Column column) {
    const bool forgotten = gone && column == desk.column_gone &&
                           !(column == Column::county && needs_county(world_, rows));
    return forgotten || !desk.introduced.contains(column);
  });
  return all;
}

void Press::lose_links(Desk& desk, std::vector<PrintedRow>& rows, Draw& draw) const {
  if (draw.chance(noise_.links_gone)) desk.links_gone_for = draw.between(1, 2);
  const auto linked = std::count_if(rows.begin(), rows.end(), [](const PrintedRow& row) {
    return !row.cells.at(Column::moa).empty();
  });
  // A handful of links less is no loss of all: the list would really say so.
  const bool many = linked > 20 && linked * 5 > static_cast<long>(rows.size());
  if (desk.links_gone_for == 0 || !many) return;
  --desk.links_gone_for;
  for (auto& row : rows)
    for (const auto column : {Column::moa, Column::addendum}) row.cells[column].clear();
}

/// An old edition once more; only one that would take so much back that anybody must see it.
std::optional<Publication> Press::stale(const Desk& desk, const Publication& fresh,
                                        Draw& draw) const {
  if (!draw.chance(noise_.stale) || desk.archive.empty()) return std::nullopt;
  auto old = desk.archive[draw.below(desk.archive.size())];
  if (missing(old, fresh) <= (fresh.list == List::participating ? 25 : 10)) return std::nullopt;
  old.number = fresh.number;
  old.day = fresh.day;
  old.believable = false;
  old.mishap = "stale";
  return old;
}

void Press::truncate(Publication& publication, Draw& draw) const {
  const bool cut = draw.chance(noise_.truncated);
  const auto all = publication.owners.size();
  const auto kept = all * static_cast<std::size_t>(draw.between(25, 70)) / 100;
  if (!cut || all - kept <= 60) return;
  publication.text.rows.resize(kept);
  publication.owners.resize(kept);
  publication.believable = false;
  publication.mishap = "truncated";
}

/// File name and saved time. However wrong the name, the saved time is right: an hour or some
/// before the list is published.
void Press::name(Desk& desk, const Issue& issue, Publication& publication, Draw& draw) const {
  const auto published = minutes{(issue.afternoon ? 17 : 9) * 60};
  const auto worked_for = minutes{draw.between(20, 150)};
  if (!publication.text.saved_at)  // a stale one is the old file
    publication.text.saved_at = new_york_instant(Date{issue.day}, published - worked_for);
  auto list = issue.list;
  auto digits = digits_of(issue.day);
  const bool may_mislead = publication.believable && desk.printed > 1;
  if (draw.chance(noise_.misdated_name) && may_mislead) {
    digits = misdated(issue.day, draw);
    publication.mishap = "misdated name";
  }
  if (draw.chance(noise_.mislabelled) && may_mislead) {
    list = list == List::participating ? List::pending : List::participating;
    publication.mishap += "mislabelled";
  }
  publication.text.file_name =
      fmt::format("{}Agencies{}{}.xlsx", to_string(list), digits, issue.afternoon ? "pm" : "am");
  if (draw.chance(noise_.one_name) && may_mislead && desk.last_day == issue.day) {
    publication.text.file_name = desk.last_name;
    publication.mishap += "one name";
  }
  desk.last_name = publication.text.file_name;
  desk.last_day = issue.day;
}

/// Last year's date, last month's, or nonsense. With nonsense the list is dated by when it was
/// saved, before the other list of the day: which of them told a signing first would be anybody's
/// guess, so that only a list that is alone on its day gets some.
std::string Press::misdated(Day day, Draw& draw) const {
  const Date date{day};
  const auto on_the_day = std::count_if(world_.issues.begin(), world_.issues.end(),
                                        [&](const Issue& other) { return other.day == day; });
  const auto digits = digits_of(day);
  const int how = draw.between(0, on_the_day == 1 ? 2 : 1);
  if (how == 2) return fmt::format("{}0{}", digits.substr(0, 2), digits.substr(2));
  const auto other = how == 0 ? date - std::chrono::years{1} : date - std::chrono::months{1};
  return other.ok() ? digits_of(Day{other}) : digits;
}

}  // namespace agreementd::generator
