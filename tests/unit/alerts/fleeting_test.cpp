#include "alerts/fleeting.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

using namespace std::chrono_literals;
using storage::PastEntry;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Writes what becomes of one agreement, an entry at a time.
class Past {
 public:
  Past& at(std::chrono::seconds age) {
    age_ = age;
    return *this;
  }
  Past& is(ChangeKind kind, std::vector<FieldChange> fields = {}) {
    PastEntry past;
    past.entry.seq = static_cast<std::int64_t>(entries_.size()) + 1;
    past.entry.recorded_at = start_ + age_;
    past.entry.cause = Cause::edition;
    past.entry.change = bee_county();
    past.entry.change.kind = kind;
    past.entry.change.fields = std::move(fields);
    past.entry.change.effective_date = new_york_date(start_ + age_);
    entries_.push_back(std::move(past));
    return *this;
  }
  Past& begins() { return is(ChangeKind::added); }
  Past& ends() { return is(ChangeKind::terminated); }
  Past& returns(std::vector<FieldChange> fields = {}) {
    return is(ChangeKind::reinstated, std::move(fields));
  }
  Past& changes(const std::string& before, const std::string& after,
                Column field = Column::agency) {
    return is(ChangeKind::changed, {{field, before, after}});
  }
  PastEntry& last() { return entries_.back(); }
  [[nodiscard]] std::set<std::int64_t> nothing(std::chrono::seconds delay = 24h) const {
    return came_to_nothing(entries_, delay);
  }

 private:
  const Instant start_ = new_york_instant(*parse_date("2025-11-03"), 0min);
  std::chrono::seconds age_{0};
  std::vector<PastEntry> entries_;
};

TEST(CameToNothing, WhatWasListedAndDroppedAgainWithinTheDelay) {
  EXPECT_THAT(Past().begins().at(24h).ends().nothing(), ElementsAre(1, 2));
  EXPECT_THAT(Past().begins().at(24h + 1s).ends().nothing(), IsEmpty());
  EXPECT_THAT(Past().ends().at(2h).returns().nothing(), ElementsAre(1, 2));
}

TEST(CameToNothing, NotWhatIceListedForLongerThoughItWasRecordedAtOnce) {
  Past past;
  past.begins().ends();
  past.last().entry.change.effective_date = *parse_date("2025-11-04");
  EXPECT_THAT(past.nothing(), ElementsAre(1, 2));
  EXPECT_THAT(past.nothing(25h), ElementsAre(1, 2));
  past.last().entry.change.effective_date = *parse_date("2025-11-05");
  EXPECT_THAT(past.nothing(), IsEmpty());
  EXPECT_THAT(past.nothing(25h), ElementsAre(1, 2)) << "two days, begun";
}

TEST(CameToNothing, AChangeThatWasReversedWhateverLayInBetween) {
  EXPECT_THAT(Past().changes("Bee", "Be").at(1h).changes("Be", "Bee").nothing(), ElementsAre(1, 2));
  EXPECT_THAT(Past().changes("Bee", "Be").at(1h).changes("Be", "Wasp").nothing(), IsEmpty());
  EXPECT_THAT(Past().changes("Bee", "Be").changes("Be", "B").changes("B", "Bee").nothing(),
              ElementsAre(1, 2, 3));
  EXPECT_THAT(
      Past().changes("Bee", "Be").changes("TX", "KS", Column::state).changes("Be", "Bee").nothing(),
      IsEmpty())
      << "the state is another still";
}

TEST(CameToNothing, WhatComesBackWithOtherFactsIsNews) {
  EXPECT_THAT(Past().ends().returns({{Column::agency, "Bee", "Be"}}).nothing(), IsEmpty());
  EXPECT_THAT(Past().ends().returns({{Column::agency, "Bee", "Be"}}).changes("Be", "Bee").nothing(),
              ElementsAre(1, 2, 3));
}

TEST(CameToNothing, WhatHappenedBetweenAListingAndItsEndGoesWithThem) {
  EXPECT_THAT(Past().begins().at(1h).changes("Bee", "Be").at(2h).ends().nothing(),
              ElementsAre(1, 2, 3));
}

TEST(CameToNothing, AsMuchAsPossibleOfWhatBegan) {
  // Listed in the end: the reader hears of the listing, not of the hour it was gone.
  EXPECT_THAT(Past().begins().at(1h).ends().at(2h).returns().nothing(), ElementsAre(2, 3));
  EXPECT_THAT(Past().begins().at(1h).ends().at(2h).returns().at(3h).ends().nothing(),
              ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(Past().begins().at(1h).ends().at(25h).returns().nothing(), ElementsAre(1, 2));
}

TEST(CameToNothing, NotWhatWasSent) {
  Past past;
  past.begins();
  past.last().sent_in = 7;
  EXPECT_THAT(past.ends().nothing(), IsEmpty());
}

TEST(CameToNothing, NotWhereEntriesAreMissingInBetween) {
  EXPECT_THAT(Past().changes("Bee", "Be").changes("B", "Bee").nothing(), IsEmpty());
  EXPECT_THAT(Past().begins().begins().ends().nothing(), ElementsAre(2, 3));
}

TEST(CameToNothing, NotWhatWasRecordedAfterWhatComesLaterInIcesTime) {
  // It was listed, ended and returned; then its first listing was put in its place anew, and it
  // ended: what lies between was recorded before both.
  Past past;
  past.at(1h).ends().at(40h).returns().at(60h).begins();
  past.last().entry.cause = Cause::verdict;
  past.last().entry.change.effective_date = *parse_date("2025-11-01");
  EXPECT_THAT(past.at(61h).ends().nothing(), IsEmpty());
  // Of the same day: only what was recorded as it was published is in order.
  Past same;
  same.at(1h).ends().returns();
  same.last().sent_in = 1;
  same.begins();
  same.last().entry.cause = Cause::verdict;
  EXPECT_THAT(same.ends().nothing(), IsEmpty());
}

/// An agreement as it can be at a moment.
struct Facts {
  bool listed = false;
  std::string agency = "a", state = "a";
  bool operator==(const Facts&) const = default;
};

std::vector<FieldChange> differences(const Facts& one, const Facts& other) {
  std::vector<FieldChange> fields;
  if (one.agency != other.agency) fields.push_back({Column::agency, one.agency, other.agency});
  if (one.state != other.state) fields.push_back({Column::state, one.state, other.state});
  return fields;
}

// Whoever is told the rest, and believes it, is never told what does not go on from that, and knows
// how the agreement is in the end.
RC_GTEST_PROP(CameToNothing, WhoIsToldTheRestKnowsHowItIs, ()) {
  Past past;
  std::vector<Facts> after{{*rc::gen::arbitrary<bool>()}};
  std::chrono::seconds age{0};
  const int count = *rc::gen::inRange(1, 15);
  for (int i = 0; i < count; ++i) {
    Facts next{*rc::gen::arbitrary<bool>(), *rc::gen::elementOf(std::vector<std::string>{"a", "b"}),
               *rc::gen::elementOf(std::vector<std::string>{"a", "b"})};
    const auto& known = after.back();
    auto fields = differences(known, next);
    if (!known.listed && !next.listed) continue;
    if (known.listed && next.listed && fields.empty()) continue;
    age += std::chrono::hours{*rc::gen::inRange(0, 20)};
    if (known.listed && !next.listed) {
      next = known;
      next.listed = false;
      fields.clear();
    }
    past.at(age).is(known.listed && next.listed ? ChangeKind::changed
                    : next.listed               ? ChangeKind::reinstated
                                                : ChangeKind::terminated,
                    fields);
    after.push_back(next);
  }
  const auto nothing = past.nothing();
  auto believed = after.front();
  for (std::size_t i = 1; i < after.size(); ++i)
    if (!nothing.contains(static_cast<std::int64_t>(i))) {
      RC_ASSERT(believed.listed == after[i - 1].listed);
      if (believed.listed) RC_ASSERT(believed == after[i - 1]);
      believed = after[i];
    }
  RC_ASSERT(believed.listed == after.back().listed);
  if (believed.listed) RC_ASSERT(believed == after.back());
}

}  // namespace
}  // namespace agreementd::alerts
