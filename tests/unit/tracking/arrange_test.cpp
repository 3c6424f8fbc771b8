#include "tracking/arrange.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "lists.h"

namespace agreementd::tracking {
namespace {

const auto content_a = sha256("a");
const auto content_b = sha256("b");

DatedSighting seen(const std::string& day, const Sha256& content, const std::string& name,
                   List list = List::participating) {
  Sighting sighting;
  sighting.document = sha256(name);
  sighting.file_name = name;
  sighting.reading.list = list;
  sighting.reading.content = content;
  return {sighting,
          {new_york_instant(*parse_date(day), std::chrono::hours{9}), DatedBy::file_name, {}}};
}

Verdict verdict(std::int64_t id, VerdictKind kind, const DatedSighting& on) {
  Verdict verdict;
  verdict.verdict_id = id;
  verdict.kind = kind;
  verdict.subjects = {{on.sighting.document, on.sighting.file_name}};
  return verdict;
}

std::vector<std::string> names(const std::vector<Arranged>& arranged) {
  std::vector<std::string> result;
  for (const auto& each : arranged) {
    std::string run;
    for (const auto& sighting : each.sightings) run += sighting.file_name + " ";
    result.push_back(run);
  }
  return result;
}

TEST(Arrange, NeighboursOfEqualContentAreOneEditionNamedByTheFirst) {
  const auto arranged =
      arrange({seen("2025-03-03", content_a, "third"), seen("2025-03-01", content_a, "first"),
               seen("2025-03-02", content_a, "second")},
              {});
  ASSERT_EQ(names(arranged), std::vector<std::string>{"first second third "});
  EXPECT_EQ(arranged[0].edition.file_name, "first");
  EXPECT_EQ(to_string(arranged[0].edition.date()), "2025-03-01");
}

TEST(Arrange, ABAAreThreeEditions) {
  const auto arranged =
      arrange({seen("2025-03-01", content_a, "1"), seen("2025-03-02", content_b, "2"),
               seen("2025-03-03", content_a, "3")},
              {});
  EXPECT_EQ(names(arranged), (std::vector<std::string>{"1 ", "2 ", "3 "}));
}

TEST(Arrange, TheOtherListDoesNotPartARun) {
  const auto arranged = arrange(
      {seen("2025-03-01", content_a, "1"), seen("2025-03-02", content_b, "2", List::pending),
       seen("2025-03-03", content_a, "3")},
      {});
  EXPECT_EQ(names(arranged), (std::vector<std::string>{"1 3 ", "2 "}));
}

TEST(Arrange, AtEqualDateParticipatingPrecedesPending) {
  const auto arranged = arrange({seen("2025-03-01", content_a, "pending", List::pending),
                                 seen("2025-03-01", content_b, "participating")},
                                {});
  EXPECT_EQ(names(arranged), (std::vector<std::string>{"participating ", "pending "}));
  EXPECT_EQ(arranged[0].edition.instant, arranged[1].edition.instant);
}

TEST(Arrange, InstantsOfAListStrictlyIncrease) {
  auto first = seen("2025-03-01", content_a, "x");
  auto second = seen("2025-03-01", content_b, "y");
  first.sighting.reading.saved_at = first.dating.at - std::chrono::hours{2};
  second.sighting.reading.saved_at = first.dating.at - std::chrono::hours{1};
  const auto arranged = arrange({second, first}, {});
  ASSERT_EQ(names(arranged), (std::vector<std::string>{"x ", "y "}));
  EXPECT_EQ(arranged[1].edition.instant - arranged[0].edition.instant,
            std::chrono::microseconds{1});
}

TEST(Arrange, ADoubtedCopyDoesNotJoinItsNeighbours) {
  auto doubted = seen("2025-03-02", content_a, "copy");
  doubted.dating.doubt = "altered copy";
  const auto arranged = arrange(
      {seen("2025-03-01", content_a, "1"), doubted, seen("2025-03-03", content_a, "3")}, {});
  EXPECT_EQ(names(arranged), (std::vector<std::string>{"1 ", "copy ", "3 "}));
}

TEST(Arrange, ARedatedSightingMovesAndIsDoubtedNoMore) {
  auto stray = seen("2025-03-09", content_b, "stray");
  stray.dating.doubt = "nothing dates it";
  auto redate = verdict(1, VerdictKind::redate, stray);
  redate.redated_to = new_york_instant(*parse_date("2025-03-01"), std::chrono::hours{9});
  const auto arranged = arrange({seen("2025-03-05", content_a, "1"), stray}, {redate});
  ASSERT_EQ(names(arranged), (std::vector<std::string>{"stray ", "1 "}));
  EXPECT_EQ(arranged[0].edition.dating.dated_by, DatedBy::person);
  EXPECT_FALSE(arranged[0].edition.dating.doubt);
}

TEST(Arrange, TheLastVerdictOnAnyOfItsSightingsStands) {
  const auto one = seen("2025-03-01", content_a, "1");
  const auto two = seen("2025-03-02", content_a, "2");
  const auto arranged = arrange(
      {one, two}, {verdict(1, VerdictKind::reject, one), verdict(2, VerdictKind::approve, two)});
  ASSERT_TRUE(arranged[0].edition.verdict);
  EXPECT_EQ(arranged[0].edition.verdict->kind, VerdictKind::approve);
}

TEST(Arrange, TheOrderOfArrivalDoesNotMatter) {
  std::vector<DatedSighting> sightings;
  for (int i = 1; i < 8; ++i)
    sightings.push_back(seen("2025-03-0" + std::to_string(1 + i / 2),
                             i % 3 == 0 ? content_a : content_b, "n" + std::to_string(i)));
  const auto expected = names(arrange(sightings, {}));
  std::sort(sightings.begin(), sightings.end(), [](const auto& one, const auto& other) {
    return one.sighting.file_name > other.sighting.file_name;
  });
  EXPECT_EQ(names(arrange(sightings, {})), expected);
}

TEST(Arrange, AHeldCopyDoesNotJoinOneThatIsNot) {
  const auto copy = seen("2025-03-01", content_a, "copy");
  const auto arranged = arrange({copy, seen("2025-03-02", content_a, "genuine")},
                                {verdict(1, VerdictKind::hold, copy)});
  ASSERT_EQ(names(arranged), (std::vector<std::string>{"copy ", "genuine "}));
  EXPECT_TRUE(arranged[0].edition.verdict);
  EXPECT_FALSE(arranged[1].edition.verdict);
}

DatedSighting polled(DatedSighting sighting, std::int64_t fetch_id) {
  sighting.sighting.origin = Origin::poll;
  sighting.sighting.fetch_id = fetch_id;
  return sighting;
}

DatedSighting imported(DatedSighting sighting, std::int64_t fetch_id) {
  sighting.sighting.fetch_id = fetch_id;
  return sighting;
}

TEST(PolledNews, IsWhatCameByPollAfterAllThatWasStoredOfItsList) {
  const auto first = polled(seen("2025-03-01", content_a, "1"), 1);
  const auto second = polled(seen("2025-03-02", content_b, "2"), 2);
  const auto third = polled(seen("2025-03-03", content_a, "3"), 3);
  const auto archive = imported(seen("2025-03-04", content_b, "4"), 4);
  const auto pending = polled(seen("2025-02-01", content_b, "5", List::pending), 5);
  const auto arranged = arrange({first, second, third, archive, pending}, {});
  const auto ids = [&](const std::vector<std::size_t>& places) {
    std::set<Sha256> set;
    for (const auto place : places) set.insert(arranged.at(place).edition.id);
    return set;
  };
  // In order: pending, first, second, third, archive.
  EXPECT_EQ(polled_news(arranged, {arranged[1].edition}), ids({0, 2, 3}));
  EXPECT_EQ(polled_news(arranged, {arranged[2].edition}), ids({0, 3})) << "the first is late";
  EXPECT_EQ(polled_news(arranged, {}), ids({0, 1, 2, 3}));
}

TEST(CameAsNewest, IsAPolledEditionThatNothingLaterPreceded) {
  const auto held = polled(seen("2025-03-02", content_b, "held"), 5);
  const auto early = imported(seen("2025-03-01", content_a, "early"), 1);
  const auto since = polled(seen("2025-03-03", content_a, "since"), 6);
  const auto with_since = arrange({held, early, since}, {});
  EXPECT_TRUE(came_as_newest(with_since, with_since[1]));
  EXPECT_FALSE(came_as_newest(with_since, with_since[0])) << "an import is archive";
  const auto before = imported(seen("2025-03-03", content_a, "known before"), 2);
  const auto with_before = arrange({held, early, before}, {});
  EXPECT_FALSE(came_as_newest(with_before, with_before[1]));
}

}  // namespace
}  // namespace agreementd::tracking
