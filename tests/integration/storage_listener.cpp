// Being told of what is committed.
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "model/result.h"
#include "storage/listener.h"
#include "storage/sinks.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

namespace agreementd::testing {
namespace {

using namespace std::chrono_literals;

const Instant now = noon(day(2025, 9, 5));
constexpr auto long_enough = 30s;

class Listening : public DatabaseTest {
 protected:
  Listening() { small_.store_in(store_); }

  std::unique_ptr<storage::Consequences> write(std::size_t entries) {
    const auto ended = change(small_.new_one, ChangeKind::terminated, small_.later);
    Difference difference;
    difference.entries.assign(entries, {Cause::edition, ended});
    auto consequences = store_.begin_consequences();
    consequences->write(difference, now, {1, {}});
    return consequences;
  }

  const SmallHistory small_;  // one entry
  std::stop_source stop_;
};

TEST_F(Listening, WhatIsCommittedIsHeardWithTheSeqOfTheLastEntry) {
  storage::Listener listener(uri("agreementd_writer"), stop_.get_token());
  write(2)->commit();
  const auto heard = listener.await(long_enough);
  EXPECT_EQ(heard.seq, 3);
  EXPECT_FALSE(heard.for_sinks);
  EXPECT_FALSE(listener.await(0s).anything()) << "once";
}

TEST_F(Listening, WhatIsRolledBackIsNot) {
  storage::Listener listener(uri("agreementd_writer"), stop_.get_token());
  write(5).reset();
  write(1)->commit();
  EXPECT_EQ(listener.await(long_enough).seq, 2);
}

TEST_F(Listening, ThatANoticeBeginsOrEndsOrAReplayIsAskedForIsHeardToo) {
  storage::register_sink(store_, "desk", storage::Tells::changes, sha256("there"));
  storage::Listener listener(uri("agreementd_writer"), stop_.get_token());
  const Notice notice{"silent", "pending", "no new pending list"};
  for (const auto opens : {true, false}) {
    const auto consequences = store_.begin_consequences();
    if (opens)
      consequences->open_notice(notice, now);
    else
      consequences->close_notice(notice.kind, notice.subject, now);
    consequences->commit();
    const auto heard = listener.await(long_enough);
    EXPECT_TRUE(heard.for_sinks);
    EXPECT_FALSE(heard.seq);
  }
  storage::ask_for_replay(store_, "desk", 1, 1, "ann", now);
  EXPECT_TRUE(listener.await(long_enough).for_sinks);
}

TEST_F(Listening, WhatIsNoNumberIsNoEntry) {
  storage::Listener listener(uri("agreementd_writer"), stop_.get_token());
  run(store_, "NOTIFY agreementd_changes, '9 or so'");
  run(store_, "NOTIFY agreementd_sinks");
  const auto heard = listener.await(long_enough);
  EXPECT_FALSE(heard.seq);
}

TEST_F(Listening, ALostConnectionIsAFailure) {
  storage::Listener listener(uri("agreementd_writer"), stop_.get_token());
  auto superuser = connect("postgres");
  run(superuser,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
  try {
    while (!listener.await(long_enough).anything()) {
    }
    FAIL() << "it heard something";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.status(), ExitStatus::database_unreachable);
  }
}

TEST_F(Listening, ToldToStopItWaitsNoLonger) {
  storage::Listener listener(uri("agreementd_writer"), stop_.get_token());
  const auto start = std::chrono::steady_clock::now();
  const std::jthread stops([this] { stop_.request_stop(); });
  EXPECT_THROW(listener.await(long_enough), Failure);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  EXPECT_THROW(listener.await(long_enough), Failure) << "nor again";
}

}  // namespace
}  // namespace agreementd::testing
