// What a poll means to the history.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/commands/collect.h"
#include "daemon/history.h"
#include "tests/integration/poll_test.h"
#include "tests/integration/told.h"

namespace agreementd::daemon {
namespace {

using fakes::SampleSite;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::told;

TEST_F(Poll, AnOlderListLinkedAgainUnderItsNameIsAStaleLinkAndChangesNothing) {
  const std::string older = "participatingAgencies03062025pm.xlsx";
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  poll_until(samples, "participatingAgencies03072025pm.xlsx");
  site_.serve("/287g", good(page_linking({older})));
  const auto entries = row_counts().at("entries");
  const auto report = poll();
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_THAT(notices(), Contains("stale_link " + site_.url("/doclib/" + older)));
  EXPECT_EQ(row_counts().at("entries"), entries);
  poll();
  EXPECT_THAT(notices(), Contains("stale_link " + site_.url("/doclib/" + older)))
      << "304, and still stale";
}

TEST_F(Poll, ThroughAllEditionsTellsWhatAnImportOfThemTells) {
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  std::size_t quarantined = 0;
  while (!samples.advance().empty()) quarantined += poll().quarantined.size();
  EXPECT_EQ(quarantined, 1U);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM change_log WHERE cause <> 'edition'"), "0");

  const auto other = testing::Cluster::get().create_database();
  {
    storage::Store imported(testing::Cluster::get().uri(other, "agreementd_writer"));
    import_lists(imported, collect_lists({samples_folder}).candidates, {}, clock_);
    const auto by_import = told(imported);
    EXPECT_GT(by_import.size(), 50U);
    EXPECT_THAT(told(store_), ::testing::ContainerEq(by_import));
  }
  testing::Cluster::get().drop_database(other);
}

TEST_F(Poll, WhatComesLateIsArchive) {
  serve_list("participatingAgencies03062025pm.xlsx");
  serve_list("participatingAgencies03072025pm.xlsx");
  serve_list("participatingAgencies03182025pm.xlsx");
  const auto poll_with = [&](const std::vector<std::string>& names) {
    site_.serve("/287g", good(page_linking(names)));
    return poll();
  };
  poll_with({"participatingAgencies03062025pm.xlsx"});
  poll_with({"participatingAgencies03182025pm.xlsx"});
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM change_log WHERE cause <> 'edition'"), "0");
  const auto report = poll_with({"participatingAgencies03072025pm.xlsx"});
  ASSERT_FALSE(report.entries.empty());
  for (const auto& entry : report.entries) EXPECT_EQ(entry.cause, Cause::archive);
}

TEST_F(Poll, APollThatWouldTakeBackMuchIsHeldUntilAPersonHasLooked) {
  const auto poll_with = [&](const std::string& name) {
    serve_list(name);
    site_.serve("/287g", good(page_linking({name})));
    return poll();
  };
  poll_with("participatingAgencies03062025pm.xlsx");
  poll_with("participatingAgencies07292025amB.xlsx");
  const auto before = told(store_);
  options_.retraction_limit = 3;
  const auto report = poll_with("participatingAgencies06122025pm2.xlsx");
  ASSERT_EQ(report.quarantined.size(), 1U);
  EXPECT_THAT(report.quarantined[0].reason, HasSubstr("would take back"));
  EXPECT_EQ(told(store_), before);
  EXPECT_EQ(ask(store_, "SELECT decided_by FROM verdicts"), "agreementd");
  EXPECT_THAT(notices(), Contains(HasSubstr("quarantined ")));

  give_verdict(store_, {"participatingAgencies06122025pm2.xlsx", VerdictKind::approve, "ann", "so"},
               clock_);
  EXPECT_NE(told(store_), before);
}

/// A list as a table of a page: it is one, whatever its name says.
std::string table_of(const std::string& header, const std::vector<std::string>& rows) {
  const auto row_of = [](const std::string& cells, const std::string& tag) {
    std::string row = "<tr><" + tag + ">";
    for (const char letter : cells)
      row += letter == '|' ? "</" + tag + "><" + tag + ">" : std::string(1, letter);
    return row + "</" + tag + "></tr>";
  };
  std::string html = "<html><table>" + row_of(header, "th");
  for (const auto& row : rows) html += row_of(row, "td");
  return html + "</table></html>";
}

std::vector<std::string> counties(int from, int to, const std::string& end) {
  std::vector<std::string> rows;
  for (int n = from; n < to; ++n)
    rows.push_back("TEXAS|County Number " + std::to_string(n) +
                   " Sheriff's Office|Task Force Model" + end);
  return rows;
}

// The participating list was linked before it was there, and came after the pending list of the day
// after: 35 applications that left were signed. That would take back 35 entries.
TEST_F(Poll, AListOfTheDayBeforeTheOtherThatTakesBackMuchIsHeldAndNoOther) {
  const std::string application = "STATE|LAW ENFORCEMENT AGENCY|SUPPORT TYPE";
  const std::string agreement = application + "|SIGNED";
  site_.serve("/doclib/pendingAgencies03072025am.xlsx",
              good(table_of(application, counties(0, 40, ""))));
  site_.serve("/doclib/participatingAgencies03072025am.xlsx",
              good(table_of(agreement, counties(100, 140, "|2025-02-01"))));
  site_.serve("/287g", good(page_linking({"pendingAgencies03072025am.xlsx",
                                          "participatingAgencies03072025am.xlsx"})));
  poll();
  site_.serve("/doclib/pendingAgencies03102025am.xlsx",
              good(table_of(application, counties(35, 40, ""))));
  site_.serve("/287g", good(page_linking({"pendingAgencies03102025am.xlsx",
                                          "participatingAgencies03092025am.xlsx"})));
  EXPECT_EQ(poll().entries.size(), 35U);
  const auto before = told(store_);

  auto signed_now = counties(100, 140, "|2025-02-01");
  for (auto& row : counties(0, 35, "|2025-03-08")) signed_now.push_back(row);
  site_.serve("/doclib/participatingAgencies03092025am.xlsx",
              good(table_of(agreement, signed_now)));
  site_.serve("/doclib/pendingAgencies03112025am.xlsx",
              good(table_of(application, counties(34, 40, ""))));
  site_.serve("/287g", good(page_linking({"pendingAgencies03112025am.xlsx",
                                          "participatingAgencies03092025am.xlsx"})));
  const auto report = poll();
  ASSERT_EQ(report.quarantined.size(), 1U);
  EXPECT_EQ(report.quarantined[0].file_name, "participatingAgencies03092025am.xlsx");
  EXPECT_THAT(report.quarantined[0].reason, HasSubstr("would take back 35 entries"));
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM verdict_subjects"), "1");
  EXPECT_EQ(report.entries.size(), 1U) << "the pending list of the 11th counts";
  EXPECT_EQ(told(store_).size(), before.size() + 1);

  give_verdict(store_, {"participatingAgencies03092025am.xlsx", VerdictKind::approve, "ann", "so"},
               clock_);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM change_log WHERE reason = 'signed'"), "35");
}

TEST_F(Poll, WhatWasHeldBackWhileNewestIsNewsWhenAPersonBelievesIt) {
  SampleSite samples(site_, fakes::sample_timeline(samples_folder));
  poll_until(samples, "participatingAgencies07252025am.xlsx");
  const auto approved = give_verdict(
      store_, {"participatingAgencies07252025am.xlsx", VerdictKind::approve, "ann", "so"}, clock_);
  ASSERT_FALSE(approved.entries.empty());
  for (const auto& entry : approved.entries) EXPECT_EQ(entry.cause, Cause::edition);
}

TEST_F(Poll, WhatAPollStoredAndDidNotFoldIsFoldedByTheNext) {
  serve_both_lists();
  const auto& list = sample(participating_);
  Fetch fetch;
  fetch.origin = Origin::poll;
  fetch.at = clock_.now();
  fetch.url = list_url();
  fetch.document = sha256(list.bytes);
  fetch.file_name = list.file_name;
  store_.add_poll(fetch, list.bytes);  // and then the program died
  site_.serve("/287g", status(503));
  const auto report = poll();
  EXPECT_EQ(report.new_editions, 1);
  EXPECT_FALSE(report.failures.empty());
}

TEST_F(Poll, ToldToStopItLeavesWhatItStoredToTheNext) {
  serve_both_lists();
  std::stop_source stop;
  site_.serve("/doclib/" + pending_, [&](const fakes::Received&) {
    stop.request_stop();
    return silent();
  });
  fetchers::Fetcher fetcher(fetchers::Settings{}, fetchers::real_effects(clock_));
  EXPECT_THROW(run_once(store_, {fetcher, options_, clock_, stop.get_token()}),
               fetchers::Cancelled);
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM editions"), "0");
  serve_list(pending_);
  EXPECT_EQ(poll().new_editions, 2);
}

}  // namespace
}  // namespace agreementd::daemon
