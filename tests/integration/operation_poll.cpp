// What a poll reads and keeps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/poll_test.h"

namespace agreementd::daemon {
namespace {

using fakes::SampleSite;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST_F(Poll, TheListsOfThePageBecomeEditions) {
  serve_both_lists();
  const auto report = poll();
  EXPECT_EQ(report.new_editions, 2);
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_THAT(report.notices, IsEmpty());
  EXPECT_THAT(outcomes(), ElementsAre("ok", "ok", "ok"));
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM unfolded"), "0");
}

TEST_F(Poll, AnUnchangedPollWritesOneFetchPerUrlAndNothingElse) {
  serve_both_lists();
  poll();
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 3}}));
}

TEST_F(Poll, WhatDidNotChangeIsNotFetchedAgain) {
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  while (!samples.shows(pending_)) ASSERT_FALSE(samples.advance().empty());
  poll();
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 3}}));
  EXPECT_THAT(column("SELECT outcome FROM fetches ORDER BY fetch_id DESC LIMIT 3"),
              ElementsAre("not_modified", "not_modified", "not_modified"));
}

TEST_F(Poll, APageWhoseLinksAreTheSameIsNotKeptAgain) {
  serve_both_lists();
  poll();
  site_.serve("/287g", good(page_linking({participating_, pending_}) + "<!-- served at noon -->"));
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"fetches", 3}}));
}

TEST_F(Poll, APageWhoseLinksDifferIsKept) {
  serve_both_lists();
  poll();
  site_.serve("/287g", good(page_linking({pending_, participating_})));
  EXPECT_EQ(rows_written_by([&] { poll(); }), (Grown{{"documents", 1}, {"fetches", 3}}));
}

TEST_F(Poll, APageThatCarriesTheRosterIsAList) {
  const std::string roster = "287g-20210112151500.html";
  site_.serve("/287g", good(sample(roster).bytes));
  const auto report = poll();
  EXPECT_EQ(report.asked.at(0).list, List::participating);
  EXPECT_EQ(report.new_editions, 1);
}

TEST_F(Poll, AListItselfMayBePolled) {
  serve_list(participating_);
  options_.page = list_url();
  const auto report = poll();
  EXPECT_EQ(report.new_editions, 1);
  EXPECT_THAT(report.failures, IsEmpty());
}

TEST_F(Poll, AListIsWhatItsContentSaysWhateverThePageCallsIt) {
  serve_list("participatingAgencies07152025pm.xlsx");  // it is the pending list
  site_.serve("/287g", good(page_linking({"participatingAgencies07152025pm.xlsx"})));
  EXPECT_EQ(poll().asked.at(1).list, List::pending);
  EXPECT_THAT(notices(), UnorderedElementsAre("link_missing participating",
                                              "mislabelled participatingAgencies07152025pm.xlsx"));
}

}  // namespace
}  // namespace agreementd::daemon
