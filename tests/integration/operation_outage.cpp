#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>

#include "storage/source.h"
#include "tests/integration/serving.h"

/// The service while the database is away, or busy, and afterwards.
namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(Serving, AnOutageOfTheDatabaseLosesNothing) {
  const std::string newer = "participatingAgencies03182025pm.xlsx";
  int spooled = 0;
  serve({[this] { take_database_away(true); },
         [&] {
           serve_list(newer);
           site_.serve("/287g", good(page_linking({newer, pending_})));
           clock_.turn(60min);
         },
         [&] {
           EXPECT_THAT(supervisor_.last, HasSubstr("fetches wait in the spool"));
           spooled = static_cast<int>(
               std::distance(std::filesystem::directory_iterator(folder_.path("spool")), {}));
           clock_.turn(60min);
         },
         [&] { take_database_away(false); }, [] {}, [] {}});
  EXPECT_GE(spooled, 4) << "page, two lists, the new document";
  EXPECT_TRUE(journal_.says("the database is there again"));
  EXPECT_TRUE(journal_.says("fetches of the outage are in the database"));
  auto store = connect();
  EXPECT_EQ(ask(store, "SELECT count(*) FROM edition_log WHERE file_name = '" + newer + "'"), "1");
  // At the time at which it was fetched, as news.
  EXPECT_EQ(ask(store, "SELECT min(fetched_at) FROM fetches WHERE file_name = '" + newer + "'"),
            "2026-01-01T13:00:00Z");
  EXPECT_EQ(ask(store, "SELECT count(*) > 0 FROM change_log WHERE cause = 'edition'"), "true");
  EXPECT_EQ(ask(store, "SELECT count(*) FROM change_log WHERE cause <> 'edition'"), "0");
  EXPECT_EQ(ask(store, "SELECT count(*) - count(DISTINCT (url, fetched_at)) FROM fetches"), "0");
}

TEST_F(Serving, WhereAnotherWritesForLongWhatIsFetchedWaits) {
  auto other = connect();
  configuration_.database += "&options=-c%20lock_timeout%3D50";
  std::unique_ptr<storage::Consequences> writes;
  serve({[&] {
           writes = other.begin_consequences();
           clock_.turn(60min);
         },
         later(2min),  // it is tried again soon
         [&] {
           EXPECT_TRUE(journal_.says("another has been writing the history for long"));
           EXPECT_THAT(supervisor_.last, HasSubstr("fetches wait in the spool"));
           writes.reset();
         },
         [] {}});
  EXPECT_TRUE(journal_.says("fetches of the outage are in the database"));
  EXPECT_EQ(ask(other, "SELECT count(*) FROM fetches WHERE fetched_at = '2026-01-01T13:02:00Z'"),
            "3");
}

TEST_F(Serving, ThatTheSpoolIsFullIsSaidOnceInAnOutage) {
  configuration_.spool.size = 1;
  const auto times_full = [this] {
    return std::ranges::count_if(journal_.lines, [](const auto& line) {
      return line.find("the spool is full") != std::string::npos;
    });
  };
  serve({[this] { take_database_away(true); }, later(60min), later(60min),
         [&] {
           EXPECT_EQ(times_full(), 1);
           take_database_away(false);
         },
         [this] { take_database_away(true); }, later(60min), [&] { EXPECT_EQ(times_full(), 2); },
         [this] { take_database_away(false); }});
}

TEST_F(Serving, OneThatNeverLedDoesNotPollWhileTheDatabaseIsAway) {
  count_polls();
  auto other = std::make_optional(connect());
  ASSERT_TRUE(other->try_to_lead());
  serve({[this] { take_database_away(true); }, later(120min), polls(0),
         [&] {
           other.reset();
           take_database_away(false);
         },
         [] {}, polls(1)});
}

TEST_F(Serving, TheLastLeaderPollsOnThoughItIsStartedWhileTheDatabaseIsAway) {
  count_polls();
  serve({polls(1)});
  take_database_away(true);
  serve({later(60min), [this] { EXPECT_GE(polls_, 2); }, [this] { take_database_away(false); },
         [] {}});
  EXPECT_TRUE(journal_.says("fetches of the outage are in the database"));
}

TEST_F(Serving, WhatOneFetchedInAnOutageIsRecordedThoughAnotherLeadsAfterwards) {
  std::optional<storage::Store> other;
  serve({[this] { take_database_away(true); }, later(60min),
         [&] {
           take_database_away(false);
           other.emplace(connect());
           ASSERT_TRUE(other->try_to_lead());
         },
         [this] { EXPECT_THAT(supervisor_.last, HasSubstr("stands by")); }});
  EXPECT_TRUE(journal_.says("fetches of the outage are in the database"));
  EXPECT_EQ(ask(*other, "SELECT count(*) FROM fetches WHERE fetched_at = '2026-01-01T13:00:00Z'"),
            "3");
  EXPECT_EQ(ask(*other, "SELECT count(*) FROM unfolded"), "0");
}

TEST_F(Serving, WhatIsRecordedLateIsInItsOrderAllTheSame) {
  site_.serve("/287g", status(503));
  std::optional<storage::Store> other;
  serve({[this] { take_database_away(true); }, later(60min),
         [&] {
           take_database_away(false);
           other.emplace(connect());
           ASSERT_TRUE(other->try_to_lead());
           // The other polls, all is well by then.
           auto fetch = Fetch{};
           fetch.origin = Origin::poll;
           fetch.at = clock_.now() + 1min;
           fetch.url = site_.url("/287g");
           other->add_poll(fetch, "");
         },
         [] {}});
  EXPECT_TRUE(journal_.says("fetch of the outage is in the database"));
  const auto record = storage::source_record(*other, site_.url("/287g"));
  EXPECT_EQ(record.last_poll, clock_.now() + 1min);
  ASSERT_EQ(record.asked.size(), 1U);
  EXPECT_EQ(record.asked[0].outcome, Outcome::ok);
  EXPECT_EQ(other->recall(site_.url("/287g")).last, Outcome::ok);
}

TEST_F(Serving, IsReadyThoughAnotherWritesAndStopsThoughItWaitsForThat) {
  auto other = connect();
  const auto writes = other.begin_consequences();
  // Told to stop once it waits, by another thread as a signal's.
  std::stop_source stop;
  std::jthread signal([&] {
    auto looks = connect("postgres");
    while (ask(looks,
               "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'") == "0")
      std::this_thread::yield();
    stop.request_stop();
  });
  serve({}, stop);
  EXPECT_THAT(supervisor_.told, ElementsAre("ready", "stopping"));
}

TEST_F(Serving, AStateFolderThatIsFullDoesNotKeepItFromLeading) {
  count_polls();
  // Writing the mark fails where a folder of its name is.
  std::filesystem::create_directories(folder_.path("spool/leader"));
  serve({polls(1)});
  EXPECT_TRUE(journal_.says("make room there"));
}

TEST_F(Serving, ADamagedSpoolKeepsItFromNothing) {
  count_polls();
  serve({[this] { take_database_away(true); }, later(60min),
         [this] {
           for (const auto& entry : std::filesystem::directory_iterator(folder_.path("spool")))
             if (entry.path().extension() == ".fetch") std::ofstream(entry.path()) << "x";
           take_database_away(false);
         },
         [] {}, later(60min), polls(3)});
  EXPECT_TRUE(journal_.says("of the spool cannot be recorded: see *.bad"));
}

}  // namespace
}  // namespace agreementd::daemon
