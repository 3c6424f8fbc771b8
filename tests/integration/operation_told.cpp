#include <fstream>
#include <thread>

#include <gmock/gmock.h>

#include "tests/integration/serving.h"

/// Who is told by the service.
namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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

/// Told the notices.
Alert duty_to(const ToldFile& file) {
  Alert watcher;
  watcher.name = "duty";
  watcher.kind = "file";
  watcher.path = file.path();
  watcher.whom = "operator";
  return watcher;
}

TEST_F(Serving, WhoIsToldGetsWhatEachEditionChangedAndOperatorsGetNotices) {
  const ToldFile desk(folder_.path("desk.jsonl")), duty(folder_.path("duty.jsonl"));
  Alert reader;
  reader.name = "desk";
  reader.kind = "file";
  reader.path = desk.path();
  configuration_.alerts = {reader, duty_to(duty)};
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

TEST_F(Serving, WhatItsVeryFirstPollRecordsIsToldToo) {
  poll();  // what all is compared with
  clock_.turn(60min);
  const std::string newer = "participatingAgencies03182025pm.xlsx";
  serve_list(newer);
  site_.serve("/287g", good(page_linking({newer, pending_})));
  const ToldFile desk(folder_.path("desk.jsonl"));
  Alert reader;
  reader.name = "desk";
  reader.kind = "file";
  reader.path = desk.path();
  configuration_.alerts = {reader};
  serve({[&] {
    const auto wanted = std::stoul(
        ask(store_, "SELECT count(*) FROM change_log WHERE significance = 'substantive'"));
    EXPECT_GT(wanted, 0U);
    EXPECT_EQ(desk.await(wanted).size(), wanted);
  }});
}

TEST_F(Serving, OperatorsAreToldOfALongOutageAtOnceAndOfItsEnd) {
  const ToldFile duty(folder_.path("duty.jsonl"));
  configuration_.alerts = {duty_to(duty)};
  serve({[this] { take_database_away(true); }, [] {}, later(1min), [] {},
         [&] {
           EXPECT_THAT(duty.await(1), Contains(HasSubstr("database away")));
           take_database_away(false);
         },
         [] {}, [&] { EXPECT_THAT(duty.await(2), Contains(HasSubstr("closed_at"))); }});
}

TEST_F(Serving, StandingByItTellsOfNoOutage) {
  const ToldFile duty(folder_.path("duty.jsonl"));
  configuration_.alerts = {duty_to(duty)};
  auto other = std::make_optional(connect());
  ASSERT_TRUE(other->try_to_lead());
  serve({[this] { take_database_away(true); }, [] {}, later(2min), [] {},
         [&] {
           other.reset();
           take_database_away(false);
         },
         [] {},
         [&] {
           // It leads now, and whatever it had to tell of before comes before this.
           auto store = connect();
           const auto consequences = store.begin_consequences();
           consequences->open_notice({"silent", "pending", "no new pending list"}, clock_.now());
           consequences->commit();
           EXPECT_THAT(duty.await(1), ElementsAre(HasSubstr("no new pending list")));
         }});
}

TEST_F(Serving, AuthoritiesThatAreTrustedFromNowOnAreSoWhereItTells) {
  read_again_.configuration = configuration_;
  const auto reload = [this] { reload_ = true; };
  serve({reload, [this] { read_again_.configuration.source.ca_file = "/etc/ssl/our.pem"; }, reload,
         [] {}});
  EXPECT_THAT(ca_files_, ElementsAre("", "/etc/ssl/our.pem"));
}

TEST_F(Serving, AnAlertWithoutItsSecretIsBehindAndSaysWhyAndTheOthersAreTold) {
  poll();  // what all is compared with
  clock_.turn(60min);
  const std::string newer = "participatingAgencies03182025pm.xlsx";
  serve_list(newer);
  site_.serve("/287g", good(page_linking({newer, pending_})));
  const ToldFile desk(folder_.path("desk.jsonl"));
  Alert hook, reader;
  hook.name = "hook";
  hook.kind = "webhook";
  hook.url = "https://example.org/hook";
  hook.secret = "that-is-not-there";
  reader.name = "desk";
  reader.kind = "file";
  reader.path = desk.path();
  configuration_.alerts = {hook, reader};
  serve({[&] {
    EXPECT_FALSE(desk.await(1).empty());
    const auto end = std::chrono::steady_clock::now() + 30s;
    const auto* failed =
        "SELECT count(*) FROM deliveries JOIN delivery_outcomes USING (delivery_id)"
        " WHERE sink = 'hook' AND outcome = 'failed' AND detail LIKE"
        " '%that-is-not-there%'";
    while (ask(store_, failed) == "0" && std::chrono::steady_clock::now() < end)
      std::this_thread::yield();
    EXPECT_NE(ask(store_, failed), "0");
    EXPECT_THAT(served("/metrics"), HasSubstr("agreementd_sink_lag_entries{sink=\"hook\"}"));
  }});
  EXPECT_TRUE(journal_.says("alert hook: the secret that-is-not-there cannot be read"));
}

}  // namespace
}  // namespace agreementd::daemon
