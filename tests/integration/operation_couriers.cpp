// The service's couriers, in their own threads. They would look by themselves in an hour only: what
// arrives here arrived because they heard of it.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/service/couriers.h"
#include "fetchers/fetcher.h"
#include "storage/connection.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Texts that other threads add to.
class Kept {
 public:
  void add(std::string text) {
    const std::lock_guard lock(mutex_);
    texts_.push_back(std::move(text));
    changed_.notify_all();
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return texts_.size();
  }
  /// Once there are so many; what there is after half a minute.
  std::vector<std::string> await(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 30s, [&] { return texts_.size() >= count; });
    return texts_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> texts_;
};

class KeptJournal final : public Journal {
 public:
  void write(Level level, std::string_view message, const Fields& /*fields*/) override {
    if (level != Level::debug && message.starts_with("alerts: ")) lines.add(std::string(message));
  }
  Kept lines;
};

class KeptSender final : public alerts::Sender {
 public:
  explicit KeptSender(Kept& kept) : kept_(kept) {}
  alerts::Sent send(const alerts::Content& content, std::stop_token /*stop*/) override {
    if (const auto* notice = std::get_if<alerts::NoticeMessage>(&content))
      kept_.add(notice->notice.kind);
    else
      kept_.add(std::to_string(std::get<alerts::Message>(content).items.back().logged.entry.seq));
    return {fetchers::Delivery::delivered, "", {}, ""};
  }

 private:
  Kept& kept_;
};

class Telling : public testing::DatabaseTest {
 protected:
  Telling() { small_.store_in(store_); }

  static Addressee addressee(const std::string& name, std::unique_ptr<alerts::Sender> sender,
                             storage::Tells tells = storage::Tells::changes) {
    alerts::Sink sink;
    sink.name = name;
    sink.tells = tells;
    return {sink, sha256("there"), std::move(sender)};
  }
  /// One sink, as long as this instance leads; it is there when this returns.
  void tell(storage::Tells tells) {
    std::vector<Addressee> addressees;
    addressees.push_back(addressee("desk", std::make_unique<KeptSender>(told_), tells));
    tell(std::move(addressees));
  }
  void tell(std::vector<Addressee> addressees) {
    couriers_.emplace(
        uri("agreementd_writer"), std::move(addressees), clock_, [] { return 0.0; }, journal_,
        metrics_, 1h);
    couriers_->enter(store_, clock_.now());
    couriers_->lead(true);
  }

  /// As agreementctl does.
  static void record(storage::Store& store, const testing::SmallHistory& small) {
    Difference difference;
    difference.entries = {
        {Cause::edition, testing::change(small.new_one, ChangeKind::terminated, small.later)}};
    const auto consequences = store.begin_consequences();
    consequences->write(difference, SystemClock().now(), {1, {}});
    consequences->commit();
  }

  void take_database_away(bool away) {
    storage::Store server(testing::Cluster::get().uri("postgres", "postgres"));
    run(server, "ALTER DATABASE " + database_ + " ALLOW_CONNECTIONS " + (away ? "false" : "true"));
    if (away)
      run(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                      database_ + "'");
  }

  const testing::SmallHistory small_;
  SystemClock clock_;
  KeptJournal journal_;
  web::Metrics metrics_{"1.0", 1};
  Kept told_;
  std::optional<Couriers> couriers_;  // last: it uses the others
};

TEST_F(Telling, WhatAnotherProcessRecordsIsSentAtOnce) {
  tell(storage::Tells::changes);
  for (const auto* seq : {"2", "3", "4"}) {
    record(store_, small_);
    EXPECT_EQ(told_.await(std::stoul(seq) - 1).back(), seq);
  }
}

TEST_F(Telling, ANoticeThatAnotherProcessOpensIsSentAtOnce) {
  tell(storage::Tells::notices);
  const auto consequences = store_.begin_consequences();
  consequences->open_notice({"silent", "pending", "no new pending list"}, clock_.now());
  consequences->commit();
  EXPECT_THAT(told_.await(1), ElementsAre("silent"));
}

TEST_F(Telling, AfterAnOutageItIsHeardAgainAndThatItWasNotWasSaidOnce) {
  tell(storage::Tells::changes);
  record(store_, small_);
  ASSERT_THAT(told_.await(1), ElementsAre("2"));
  take_database_away(true);
  EXPECT_THAT(journal_.lines.await(1), ElementsAre(HasSubstr("some seconds later")));
  take_database_away(false);
  auto other = connect();
  record(other, small_);
  EXPECT_THAT(told_.await(2), ElementsAre("2", "3"));
  EXPECT_EQ(journal_.lines.await(1).size(), 1U);
}

/// As many as there are: they are told over a few connections, which others need too.
TEST_F(Telling, AHundredShareAFewConnections) {
  std::vector<Addressee> addressees;
  for (int i = 0; i < 100; ++i)
    addressees.push_back(
        addressee("desk" + std::to_string(i), std::make_unique<KeptSender>(told_)));
  tell(std::move(addressees));
  record(store_, small_);
  EXPECT_EQ(told_.await(100), std::vector<std::string>(100, "2"));
  const auto connections = std::stoi(
      ask(store_, "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database_ + "'"));
  EXPECT_LE(connections, 10) << "the test's, the ear's, and eight";
}

/// Answers nobody, until it is cut off.
class StallingSender final : public alerts::Sender {
 public:
  explicit StallingSender(Kept& stalled) : stalled_(stalled) {}
  alerts::Sent send(const alerts::Content& /*content*/, std::stop_token stop) override {
    stalled_.add("stalled");
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait(lock, stop, [] { return false; });
    throw fetchers::Cancelled();
  }

 private:
  Kept& stalled_;
};

TEST_F(Telling, ManyThatStallDelayNoOther) {
  Kept stalled;
  std::vector<Addressee> addressees;
  for (int i = 0; i < 20; ++i)
    addressees.push_back(
        addressee("stalls" + std::to_string(i), std::make_unique<StallingSender>(stalled)));
  addressees.push_back(addressee("desk", std::make_unique<KeptSender>(told_)));
  tell(std::move(addressees));
  record(store_, small_);
  EXPECT_EQ(stalled.await(20).size(), 20U) << "all at once";
  record(store_, small_);
  EXPECT_THAT(told_.await(2), ElementsAre("2", "3"));
  couriers_.reset();  // before what they use
}

/// Refuses everything: each message is a dead letter, with a notice.
class RefusingSender final : public alerts::Sender {
 public:
  explicit RefusingSender(Kept& refused) : refused_(refused) {}
  alerts::Sent send(const alerts::Content& /*content*/, std::stop_token /*stop*/) override {
    refused_.add("refused");
    return {fetchers::Delivery::refused, "no", {}, ""};
  }

 private:
  Kept& refused_;
};

TEST_F(Telling, ManyThatWaitForAnotherWriterDelayNoOther) {
  Kept refused;
  std::vector<Addressee> addressees;
  for (int i = 0; i < 20; ++i)
    addressees.push_back(
        addressee("refuses" + std::to_string(i), std::make_unique<RefusingSender>(refused)));
  addressees.push_back(addressee("desk", std::make_unique<KeptSender>(told_)));
  tell(std::move(addressees));
  couriers_->lead(false);
  for (int i = 0; i < 5; ++i) record(store_, small_);
  auto other = connect();
  const auto writing = other.connection().begin();
  writing->take_writer_lock();
  couriers_->lead(true);
  EXPECT_EQ(refused.await(20).size(), 20U) << "all of them";
  EXPECT_THAT(told_.await(5), ElementsAre("2", "3", "4", "5", "6"));
  couriers_.reset();  // before what they use
}

/// Takes nothing at first.
class ReluctantSender final : public alerts::Sender {
 public:
  explicit ReluctantSender(Kept& tried) : tried_(tried) {}
  alerts::Sent send(const alerts::Content& content, std::stop_token /*stop*/) override {
    const bool first = tries_++ == 0;
    tried_.add(std::get<alerts::NoticeMessage>(content).notice.kind);
    return {first ? fetchers::Delivery::failed : fetchers::Delivery::delivered, "", {}, ""};
  }

 private:
  Kept& tried_;
  int tries_ = 0;
};

class TurnedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant{} + std::chrono::seconds{seconds_}; }
  void turn(int seconds) { seconds_ += seconds; }

 private:
  std::atomic<int> seconds_ = 0;
};

TEST_F(Telling, ThatTheDatabaseIsAwayIsTriedAgainWhereItCannotBeSent) {
  TurnedClock clock;
  std::vector<Addressee> addressees;
  addressees.push_back(
      addressee("duty", std::make_unique<ReluctantSender>(told_), storage::Tells::notices));
  couriers_.emplace(
      uri("agreementd_writer"), std::move(addressees), clock, [] { return 0.0; }, journal_,
      metrics_, 1h);
  couriers_->tell_operators({"database away", "database", "it is away"}, clock.now(), {});
  told_.await(1);
  // Whether it waits already or is about to: time goes on until it tried again.
  const auto end = std::chrono::steady_clock::now() + 30s;
  while (told_.count() < 2 && std::chrono::steady_clock::now() < end) {
    clock.turn(5);
    couriers_->wake();
    std::this_thread::yield();
  }
  EXPECT_THAT(told_.await(2), ElementsAre("database away", "database away"));
  couriers_.reset();  // before the clock
}

TEST_F(Telling, ToldToStopTheyEndThoughNothingIsHeard) {
  tell(storage::Tells::changes);
  const auto start = std::chrono::steady_clock::now();
  couriers_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

}  // namespace
}  // namespace agreementd::daemon
