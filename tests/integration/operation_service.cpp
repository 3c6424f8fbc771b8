#include <gmock/gmock.h>

#include "tests/integration/serving.h"

/// The service: when it polls, what it says, how it stands.
namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
