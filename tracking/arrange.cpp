#include "tracking/arrange.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <tuple>
#include <utility>

namespace agreementd::tracking {
namespace {

using Subject = Verdict::Subject;

struct Standing {
  const Verdict* last = nullptr;    ///< of any kind
  const Verdict* redate = nullptr;  ///< the last that gave a date
};

std::map<Subject, Standing> standing_verdicts(const std::vector<Verdict>& verdicts) {
  std::map<Subject, Standing> standing;
  for (const auto& verdict : verdicts)
    for (const auto& subject : verdict.subjects) {
      auto& here = standing[subject];
      const auto newer = [&](const Verdict* known) {
        return known == nullptr || known->verdict_id < verdict.verdict_id;
      };
      if (newer(here.last)) here.last = &verdict;
      if (verdict.kind == VerdictKind::redate && newer(here.redate)) here.redate = &verdict;
    }
  return standing;
}

Subject subject_of(const Sighting& sighting) { return {sighting.document, sighting.file_name}; }

auto order(const DatedSighting& dated) {
  const auto& sighting = dated.sighting;
  return std::tie(dated.dating.at, sighting.reading.list, sighting.reading.saved_at,
                  sighting.document, sighting.file_name);
}

Edition begin_edition(const DatedSighting& first) {
  const auto& sighting = first.sighting;
  Edition edition;
  edition.list = sighting.reading.list;
  edition.content = sighting.reading.content;
  edition.document = sighting.document;
  edition.file_name = sighting.file_name;
  edition.dating = first.dating;
  edition.saved_at = sighting.reading.saved_at;
  edition.id = edition_id(edition.list, edition.content, edition.document, edition.file_name);
  return edition;
}

bool is_held(const Verdict& verdict) { return verdict.kind == VerdictKind::hold; }

/// True where the sighting is one more of the edition.
bool continues(const Edition& edition, const DatedSighting& next, const Verdict* verdict) {
  const bool held = verdict != nullptr && is_held(*verdict);
  return edition.content == next.sighting.reading.content &&
         edition.dating.doubt.has_value() == next.dating.doubt.has_value() &&
         (edition.verdict && is_held(*edition.verdict)) == held;
}

bool came_by_poll(const Arranged& arranged) {
  return arranged.sightings.front().origin == Origin::poll;
}

}  // namespace

bool fold_order(const Edition& one, const Edition& other) {
  const auto key = [](const Edition& e) {
    return std::tie(e.dating.at, e.list, e.saved_at, e.document, e.file_name);
  };
  return key(one) < key(other);
}

std::vector<Arranged> arrange(std::vector<DatedSighting> sightings,
                              const std::vector<Verdict>& verdicts) {
  const auto standing = standing_verdicts(verdicts);
  const auto verdict_on = [&](const Sighting& sighting) {
    const auto found = standing.find(subject_of(sighting));
    return found == standing.end() ? Standing{} : found->second;
  };
  for (auto& dated : sightings)
    if (const auto* redate = verdict_on(dated.sighting).redate; redate && redate->redated_to)
      dated.dating = {*redate->redated_to, DatedBy::person, std::nullopt};
  std::sort(sightings.begin(), sightings.end(),
            [](const auto& one, const auto& other) { return order(one) < order(other); });

  std::vector<Arranged> arranged;
  std::map<List, std::size_t> last;  // the list's newest edition in `arranged`
  for (auto& dated : sightings) {
    const auto list = dated.sighting.reading.list;
    const auto* verdict = verdict_on(dated.sighting).last;
    const auto before = last.find(list);
    if (before == last.end() || !continues(arranged[before->second].edition, dated, verdict)) {
      auto edition = begin_edition(dated);
      edition.instant = dated.dating.at;
      if (before != last.end())
        edition.instant = std::max(edition.instant, arranged[before->second].edition.instant +
                                                        std::chrono::microseconds{1});
      last[list] = arranged.size();
      arranged.push_back({std::move(edition), {}});
    }
    auto& current = arranged[last[list]];
    if (verdict != nullptr &&
        (!current.edition.verdict || current.edition.verdict->verdict_id < verdict->verdict_id))
      current.edition.verdict = *verdict;
    current.sightings.push_back(std::move(dated.sighting));
  }
  return arranged;
}

std::set<Sha256> polled_news(const std::vector<Arranged>& arranged,
                             const std::vector<Edition>& stored) {
  std::set<Sha256> known;
  for (const auto& edition : stored) known.insert(edition.id);
  std::set<Sha256> news;
  // From the newest of each list back, as far as nothing was stored.
  std::set<List> reached_the_stored;
  for (const auto& each : std::views::reverse(arranged)) {
    const auto& edition = each.edition;
    if (known.contains(edition.id)) reached_the_stored.insert(edition.list);
    if (!reached_the_stored.contains(edition.list) && came_by_poll(each)) news.insert(edition.id);
  }
  return news;
}

bool came_as_newest(const std::vector<Arranged>& arranged, const Arranged& edition) {
  if (!came_by_poll(edition)) return false;
  const auto came = edition.sightings.front().fetch_id;
  return std::none_of(arranged.begin(), arranged.end(), [&](const Arranged& other) {
    return other.edition.list == edition.edition.list &&
           other.edition.instant > edition.edition.instant &&
           std::any_of(other.sightings.begin(), other.sightings.end(),
                       [&](const Sighting& sighting) { return sighting.fetch_id < came; });
  });
}

}  // namespace agreementd::tracking
