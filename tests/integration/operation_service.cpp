// The service, on a real database and a site on loopback. It runs in the test's own thread:
// whenever it would wait, the test has its turn. So nothing sleeps, and every time is the test's.
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/service/service.h"
#include "storage/source.h"
#include "tests/integration/poll_test.h"
#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class KeptJournal final : public Journal {
 public:
  void write(Level level, std::string_view message, const Fields& /*fields*/) override {
    const std::lock_guard lock(mutex_);
    if (level != Level::debug) lines.emplace_back(message);
  }
  [[nodiscard]] bool says(const std::string& text) const {
    return std::ranges::any_of(
        lines, [&](const auto& line) { return line.find(text) != std::string::npos; });
  }
  std::vector<std::string> lines;

 private:
  std::mutex mutex_;  // couriers write to it too
};

class KeptSupervisor final : public Supervisor {
 public:
  void ready() override { told.emplace_back("ready"); }
  void reloading() override { told.emplace_back("reloading"); }
  void stopping() override { told.emplace_back("stopping"); }
  void status(const std::string& text) override { last = text; }
  void alive() override { ++beats; }
  std::vector<std::string> told;
  std::string last;
  int beats = 0;
};

class Serving : public Poll {
 protected:
  Serving() {
    configuration_.database = uri("agreementd_writer");
    configuration_.source.page = site_.url("/287g");
    configuration_.spool.folder = folder_.path("spool");
    configuration_.http.listen = "127.0.0.1:0";
    configuration_.source.silent_after = 24h * 10'000;  // the samples are of 2025
    serve_both_lists();
  }

  /// The turns of the test, one each time the service would wait; then it is told to stop.
  void serve(const std::vector<std::function<void()>>& turns, std::stop_source stop = {}) {
    std::size_t next = 0;
    Service service(configuration_,
                    {clock_, supervisor_, journal_,
                     [&](std::chrono::milliseconds) {
                       if (next == turns.size())
                         stop.request_stop();
                       else
                         turns[next++]();
                     },
                     [&] { return std::exchange(reload_, false); }, stop.get_token(),
                     [&] { return read_again_; }, [] { return 0.0; },
                     [&](const Configuration& wanted) { return addressees_of(wanted, clock_); },
                     [&](const Source&, std::function<void()> alive) {
                       fetchers::Settings settings;
                       settings.attempts = 1;
                       return fetchers::Fetcher(settings,
                                                {clock_, [](auto, const auto&) { return true; },
                                                 [] { return 0.5; }, std::move(alive)});
                     }});
    port_ = service.port();
    service.run();
    EXPECT_EQ(next, turns.size());
  }

  std::function<void()> later(std::chrono::minutes by) {
    return [this, by] { clock_.turn(by); };
  }
  std::function<void()> polls(int wanted) {
    return [this, wanted] { EXPECT_EQ(polls_, wanted); };
  }

  /// Counts how often the page was asked for.
  void count_polls() {
    site_.serve("/287g", [this](const fakes::Received&) {
      ++polls_;
      return good(page_linking({participating_, pending_}));
    });
  }

  /// As a server that is shut down: nobody gets in, and who is in is out.
  void take_database_away(bool away) {
    auto superuser = testing::Cluster::get().uri("postgres", "postgres");
    storage::Store store(superuser);
    run(store, std::string("ALTER DATABASE ") + database_ + " ALLOW_CONNECTIONS " +
                   (away ? "false" : "true"));
    if (away)
      run(store, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                     database_ + "'");
  }

  /// Body and status of what the service serves.
  std::string served(const std::string& path) {
    fetchers::Settings settings;
    settings.attempts = 1;
    fetchers::Fetcher fetcher(settings,
                              {clock_, [](auto, const auto&) { return true; }, [] { return 0.5; }});
    const auto answer =
        fetcher.get({"http://127.0.0.1:" + std::to_string(port_.value_or(0)) + path, "", ""});
    return answer.bytes + " " + std::to_string(answer.http_status.value_or(0));
  }

  std::optional<std::uint16_t> port_;
  TemporaryFolder folder_;
  Configuration configuration_;
  ConfigurationReading read_again_;
  bool reload_ = false;
  KeptJournal journal_;
  KeptSupervisor supervisor_;
  int polls_ = 0;
};

TEST_F(Serving, PollsAtOnceAndThenAsTheScheduleSays) {
  count_polls();
  serve({polls(1), later(59min), polls(1), later(1min), polls(2),
         // The machine slept: once is enough.
         later(600min), polls(3), polls(3)});
  EXPECT_THAT(supervisor_.told, ElementsAre("ready", "stopping"));
  EXPECT_THAT(supervisor_.last, HasSubstr("last poll 2026-01-01T23:00:00Z, next 2026-01-02T00:00"));
  EXPECT_GE(supervisor_.beats, 8);
}

TEST_F(Serving, StartedAgainItDoesNotAskMoreOften) {
  count_polls();
  serve({polls(1)});
  clock_.turn(10min);
  serve({polls(1), later(50min), polls(2)});
}

TEST_F(Serving, AfterAFailureAsksSoonerUntilItSucceeds) {
  site_.serve("/287g", [this](const fakes::Received&) {
    ++polls_;
    return polls_ < 4 ? status(503) : good(page_linking({participating_, pending_}));
  });
  serve({polls(1), later(2min), polls(2), later(3min), polls(2), later(1min), polls(3), later(8min),
         polls(4), later(59min), polls(4), later(1min), polls(5)});
  EXPECT_TRUE(journal_.says("source: failing since 2026-01-01T12:00:00Z, 1 time, server_error"));
  EXPECT_TRUE(journal_.says("source: ok"));
}

TEST_F(Serving, TellsTroubleOnceAndItsEndOnce) {
  site_.serve("/doclib/" + pending_, status(403));
  serve({[this] { journal_.lines.clear(); },  // what the first poll says is not looked at
         later(60min), later(60min), [this] { EXPECT_THAT(journal_.lines, IsEmpty()); },
         [this] { serve_list(pending_); }, later(60min),
         [this] {
           EXPECT_TRUE(journal_.says("pending list: ok"));
           journal_.lines.clear();
         },
         later(60min)});
  EXPECT_THAT(journal_.lines, ElementsAre("stopped"));
}

TEST_F(Serving, AListUnlinkedForTooLongIsANoticeUntilItIsBack) {
  configuration_.source.unlinked_after = 24h;
  site_.serve("/287g", good(page_linking({participating_})));
  const auto open = [this](bool wanted) {
    return [this, wanted] {
      if (wanted)
        EXPECT_THAT(notices(), Contains("unlinked pending"));
      else
        EXPECT_THAT(notices(), Not(Contains("unlinked pending")));
    };
  };
  serve({open(false), later(60min), open(false), later(24h), open(true),
         [this] { serve_both_lists(); }, later(60min), open(false)});
}

TEST_F(Serving, AListWithoutANewEditionForTooLongIsSilent) {
  configuration_.source.silent_after = 24h;
  serve({[this] {
    EXPECT_THAT(notices(), Contains("silent participating"));
    EXPECT_THAT(served("/metrics"),
                HasSubstr("agreementd_open_notices " + std::to_string(notices().size())));
  }});
  configuration_.source.silent_after = 24h * 10'000;
  serve({later(60min), [this] { EXPECT_THAT(notices(), Not(Contains("silent participating"))); }});
}

TEST_F(Serving, AConfigurationReadAgainCountsAndABadOneDoesNot) {
  count_polls();
  read_again_.configuration = configuration_;
  read_again_.configuration.source.every = 10min;
  const auto reload = [this] { reload_ = true; };
  serve({polls(1), reload, later(10min), polls(2),
         [this] { read_again_.problems = {"a.toml:3:1: unknown key evry"}; }, reload, later(10min),
         polls(3),
         // In order by itself, and nothing to poll.
         [this] {
           read_again_.problems.clear();
           read_again_.configuration.source.page.clear();
           read_again_.configuration.source.every = 1h;
         },
         reload, later(10min), polls(4)});
  EXPECT_TRUE(journal_.says("the configuration was read again"));
  EXPECT_TRUE(journal_.says("a.toml:3:1: unknown key evry"));
  EXPECT_TRUE(journal_.says("no page to poll"));
  EXPECT_TRUE(journal_.says("the configuration stays as it was"));
  EXPECT_THAT(supervisor_.told, ElementsAre("ready", "reloading", "ready", "reloading", "ready",
                                            "reloading", "ready", "stopping"));
}

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

TEST_F(Serving, StandsByWhileAnotherLeadsAndTakesOver) {
  count_polls();
  auto other = std::make_optional(connect());
  ASSERT_TRUE(other->try_to_lead());
  serve({polls(0), later(60min), polls(0),
         [&] {
           EXPECT_THAT(supervisor_.last, HasSubstr("stands by"));
           other.reset();  // it died
         },
         polls(1)});
  EXPECT_TRUE(journal_.says("stands by: another agreementd polls"));
  EXPECT_TRUE(journal_.says("leads"));
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

/// A file that couriers write to, in threads of their own.
class ToldFile {
 public:
  explicit ToldFile(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
  }
  /// Waits until there are so many.
  [[nodiscard]] std::vector<std::string> await(std::size_t count) const {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (lines().size() < count && std::chrono::steady_clock::now() < end)
      std::this_thread::yield();
    return lines();
  }

 private:
  std::string path_;
};

TEST_F(Serving, WhoIsToldGetsWhatEachEditionChangedAndOperatorsGetNotices) {
  const ToldFile desk(folder_.path("desk.jsonl")), duty(folder_.path("duty.jsonl"));
  Alert reader, watcher;
  reader.name = "desk";
  reader.kind = watcher.kind = "file";
  reader.path = desk.path();
  watcher.name = "duty";
  watcher.path = duty.path();
  watcher.whom = "operator";
  configuration_.alerts = {reader, watcher};
  const std::string newer = "participatingAgencies03182025pm.xlsx";
  const auto entries = [this] {
    return std::stoul(ask(store_,
                          "SELECT count(*) FROM change_log WHERE significance = 'substantive'"
                          " AND cause = 'edition'"));
  };
  std::size_t before = 0;
  serve({[&] {
           // They begin at the end of the log, once both are there.
           const auto end = std::chrono::steady_clock::now() + 30s;
           while (ask(store_, "SELECT count(*) FROM sinks") != "2" &&
                  std::chrono::steady_clock::now() < end)
             std::this_thread::yield();
           before = entries();
           serve_list(newer);
           site_.serve("/287g", good(page_linking({newer})));
         },
         later(60min), [&] { EXPECT_THAT(duty.await(1), Contains(HasSubstr("link_missing"))); },
         [&] {
           const auto wanted = entries() - before;
           EXPECT_GT(wanted, 0U);
           EXPECT_EQ(desk.await(wanted).size(), wanted);
         }});
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM delivery_outcomes WHERE outcome <> 'delivered'"),
            "0");
}

TEST_F(Serving, OperatorsAreToldOfALongOutageAtOnceAndOfItsEnd) {
  const ToldFile duty(folder_.path("duty.jsonl"));
  Alert watcher;
  watcher.name = "duty";
  watcher.kind = "file";
  watcher.path = duty.path();
  watcher.whom = "operator";
  configuration_.alerts = {watcher};
  serve({[this] { take_database_away(true); }, [] {}, later(1min), [] {},
         [&] {
           EXPECT_THAT(duty.await(1), Contains(HasSubstr("database away")));
           take_database_away(false);
         },
         [] {}, [&] { EXPECT_THAT(duty.await(2), Contains(HasSubstr("closed_at"))); }});
}

TEST_F(Serving, AnAlertWithoutItsSecretIsAnErrorAndThePollingGoesOn) {
  count_polls();
  Alert hook;
  hook.name = "hook";
  hook.kind = "webhook";
  hook.url = "https://example.org/hook";
  hook.secret = "that-is-not-there";
  configuration_.alerts = {hook};
  serve({polls(1)});
  EXPECT_TRUE(journal_.says("alert hook: the secret that-is-not-there cannot be read"));
}

TEST_F(Serving, ADatabaseWithoutOurSchemaIsOneErrorAtTheStart) {
  auto& cluster = testing::Cluster::get();
  configuration_.database = cluster.uri(cluster.create_database(false), "postgres");
  try {
    serve({});
    FAIL() << "it ran";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("run agreementctl setup"));
  }
}

TEST_F(Serving, ADatabaseThatANewerProgramMigratesIsLeftAloneAndNothingIsLost) {
  serve({[this] {
           auto superuser = connect("postgres");
           run(superuser,
               "INSERT INTO agreementd.schema_version (version, name) VALUES (999, 'newer')");
         },
         later(60min),
         [this] { EXPECT_THAT(supervisor_.last, HasSubstr("3 fetches wait in the spool")); }});
  EXPECT_TRUE(journal_.says("this program is for"));
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM agreementd.fetches"), "3");
}

TEST_F(Serving, ShowsItsHealthAndItsMetrics) {
  const auto shows = [this](const std::string& line) {
    return [this, line] { EXPECT_THAT(served("/metrics"), HasSubstr("\n" + line + "\n")); };
  };
  serve({[this] { EXPECT_THAT(served("/healthz"), HasSubstr("alive")); },
         [this] { EXPECT_THAT(served("/readyz"), HasSubstr("leads")); },
         shows("agreementd_leader 1"), shows("agreementd_database_up 1"),
         shows("agreementd_fetches_total{outcome=\"ok\"} 3"),
         shows("agreementd_source_state{state=\"ok\"} 1"), shows("agreementd_spooled_fetches 0"),
         [this] { take_database_away(true); },
         [this] {
           EXPECT_THAT(served("/readyz"), HasSubstr(" 503"));
           EXPECT_THAT(served("/healthz"), HasSubstr(" 200"));
         },
         shows("agreementd_database_up 0"), later(60min), shows("agreementd_spooled_fetches 3"),
         [this] { take_database_away(false); }, shows("agreementd_database_up 1"),
         shows("agreementd_spooled_fetches 0")});
}

TEST_F(Serving, StartedAgainItKnowsWhenItLastSucceeded) {
  serve({});
  serve({[this] {
    // 2026-01-01T12:00:00Z
    EXPECT_THAT(served("/metrics"),
                HasSubstr("\nagreementd_last_success_timestamp_seconds 1767268800\n"));
  }});
}

TEST_F(Serving, AListUnderTheOthersNameIsALine) {
  const std::string mislabelled = "participatingAgencies07152025pm.xlsx";
  serve_list(mislabelled);
  site_.serve("/287g", good(page_linking({participating_, mislabelled})));
  serve({[] {}, later(60min)});
  EXPECT_EQ(std::ranges::count_if(journal_.lines,
                                  [](const auto& line) {
                                    return line.find("is the pending list by its columns") !=
                                           std::string::npos;
                                  }),
            1);
}

TEST_F(Serving, AQuarantinedEditionAndWhatChangedAreLines) {
  serve({[this] {
           serve_list("participatingAgencies03182025pm.xlsx");
           site_.serve("/287g",
                       good(page_linking({"participatingAgencies03182025pm.xlsx", pending_})));
         },
         later(60min)});
  EXPECT_TRUE(journal_.says("recorded "));
}

}  // namespace
}  // namespace agreementd::daemon
