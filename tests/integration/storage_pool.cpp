#include <future>
#include <optional>
#include <stop_token>

#include <gmock/gmock.h>

#include "model/result.h"
#include "storage/connection.h"
#include "storage/pool.h"
#include "tests/integration/postgres.h"

/// Connections that are shared.
namespace agreementd::testing {
namespace {

using ::testing::HasSubstr;

class Pools : public DatabaseTest {
 protected:
  Pools() { make(2); }
  void make(std::size_t most, const std::string& user = "agreementd_writer") {
    pool_.emplace(uri(user), storage::Patience{.stop = stop_.get_token()}, most);
  }
  /// Of those that are idle now, the one that is taken next.
  std::string next() { return (*pool_->take()).session(); }

  std::stop_source stop_;
  std::optional<storage::Pool> pool_;
};

TEST_F(Pools, WhatIsGivenBackIsUsedAgainAndTwoAreNeverTheSame) {
  const auto first = next();
  EXPECT_EQ(next(), first);
  auto one = pool_->take();
  auto other = pool_->take();
  EXPECT_EQ((*one).session(), first);
  EXPECT_NE((*other).session(), first);
}

TEST_F(Pools, WhereAllAreInUseOneIsWaitedFor) {
  make(1);
  std::future<std::string> waiting;
  std::string first;
  {
    auto one = pool_->take();
    first = (*one).session();
    waiting = std::async(std::launch::async, [&] { return next(); });
  }
  EXPECT_EQ(waiting.get(), first);
}

TEST_F(Pools, WhoeverWaitsEndsWhenToldToStop) {
  make(1);
  auto one = pool_->take();
  auto waiting = std::async(std::launch::async, [&] { next(); });
  stop_.request_stop();
  EXPECT_THROW(waiting.get(), Failure);
}

TEST_F(Pools, OneThatIsLostIsUsedOnceMoreAtMostAndThenTheOthersAreNotEither) {
  {
    auto one = pool_->take();
    auto other = pool_->take();
    auto server = connect("postgres");
    for (const auto& session : {(*one).session(), (*other).session()}) server.end_session(session);
  }
  EXPECT_THROW(next(), Failure);
  EXPECT_NO_THROW(next());
  auto one = pool_->take();
  auto other = pool_->take();
  EXPECT_NE((*one).session(), (*other).session());
}

TEST_F(Pools, WhoCannotHaveOneIsToldSoAndTakesNonesPlace) {
  make(1, "nobody");
  for (int i = 0; i < 3; ++i) EXPECT_THROW(next(), Failure) << i;
  auto server = connect("postgres");
  run(server, "ALTER SCHEMA agreementd RENAME TO other");
  make(1);
  try {
    next();
    FAIL() << "a database of another schema";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("agreementctl setup"));
  }
}

}  // namespace
}  // namespace agreementd::testing
