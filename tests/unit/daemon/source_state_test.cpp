#include "daemon/source_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Instant noon = *parse_instant("2026-03-01T12:00:00Z");
const Source limits;  // unlinked after a day, silent after a fortnight

/// A source as it should be.
storage::SourceRecord all_well() {
  storage::SourceRecord record;
  record.last_poll = noon;
  record.asked = {{"https://example.org/287g", Outcome::not_modified, "", {}, noon - 9h, 9},
                  {"https://example.org/a.xlsx", Outcome::ok, "", List::participating, noon, 1},
                  {"https://example.org/b.xlsx", Outcome::stale_link, "", List::pending, noon, 1}};
  for (const auto list : {List::participating, List::pending})
    record.lists[list] = {noon - 48h, 1000, 0, false, std::nullopt};
  return record;
}

State state_of(const storage::SourceRecord& record, List list = List::pending) {
  return list_condition(record, list, limits, noon).state;
}

TEST(SourceState, IsOkWhereAllIsWell) {
  EXPECT_EQ(source_condition(all_well()).state, State::ok);
  EXPECT_EQ(state_of(all_well()), State::ok);
  EXPECT_EQ(state_of(all_well(), List::participating), State::ok);
  EXPECT_EQ(condition_text(list_condition(all_well(), List::pending, limits, noon)), "ok");
  EXPECT_TRUE(overdue_notices(list_conditions(all_well(), limits, noon)).empty());
}

TEST(SourceState, IsWaitingBeforeTheFirstPoll) {
  auto record = all_well();
  record.asked.clear();
  EXPECT_EQ(source_condition(record).state, State::waiting);
  EXPECT_EQ(state_of(record), State::waiting);
}

TEST(SourceState, AFailingPageFailsItsListsToo) {
  auto record = all_well();
  record.asked = {{"https://example.org/287g", Outcome::timeout, "nothing came", {}, noon - 2h, 3}};
  const auto condition = source_condition(record);
  EXPECT_EQ(condition.state, State::failing);
  EXPECT_EQ(state_of(record), State::failing);
  EXPECT_EQ(condition_text(condition),
            "failing since 2026-03-01T10:00:00Z, 3 times, timeout: https://example.org/287g: "
            "nothing came: it is tried again; if it lasts, see whether the page has moved");
}

TEST(SourceState, ARefusalIsBlocked) {
  auto record = all_well();
  record.asked[2] = {"https://example.org/b.xlsx", Outcome::blocked, "403", {}, noon, 1};
  EXPECT_EQ(state_of(record), State::blocked);
  EXPECT_EQ(state_of(record, List::participating), State::ok) << "that one was had";
  record.asked[0].outcome = Outcome::robots;
  EXPECT_EQ(source_condition(record).state, State::blocked);
}

TEST(SourceState, AMissingLinkBecomesAnUnlinkedListWithTime) {
  auto record = all_well();
  record.asked.pop_back();
  record.lists[List::pending].link_missing_since = noon - 24h;
  EXPECT_EQ(state_of(record), State::link_missing);
  record.lists[List::pending].link_missing_since = noon - 25h;
  EXPECT_EQ(state_of(record), State::unlinked);
  const auto notices = overdue_notices(list_conditions(record, limits, noon));
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].kind, "unlinked");
  EXPECT_EQ(notices[0].subject, "pending");
  EXPECT_THAT(notices[0].text, HasSubstr("set source.page"));
}

TEST(SourceState, ANewestEditionThatWaitsIsQuarantined) {
  auto record = all_well();
  record.lists[List::pending].quarantined = 1;
  EXPECT_EQ(state_of(record), State::ok) << "an old one was passed by";
  record.lists[List::pending].newest_waits = true;
  EXPECT_EQ(state_of(record), State::quarantined);
  EXPECT_THAT(condition_text(list_condition(record, List::pending, limits, noon)),
              HasSubstr("agreementctl editions --status quarantined"));
}

TEST(SourceState, AListThatIsHadAndHasNothingNewForLongIsSilent) {
  auto record = all_well();
  record.lists[List::pending].last_edition = noon - 15 * 24h;
  EXPECT_EQ(state_of(record), State::silent);
  EXPECT_EQ(overdue_notices(list_conditions(record, limits, noon))[0].kind, "silent");
  record.lists[List::pending].last_edition.reset();
  EXPECT_EQ(state_of(record), State::ok) << "there never was one";
}

TEST(SourceState, EveryStateHasAName) {
  for (const auto state : {State::ok, State::waiting, State::failing, State::blocked,
                           State::link_missing, State::unlinked, State::silent, State::quarantined})
    EXPECT_FALSE(to_string(state).empty());
}

}  // namespace
}  // namespace agreementd::daemon
