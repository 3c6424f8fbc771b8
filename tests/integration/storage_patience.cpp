#include <chrono>

#include "model/result.h"
#include "tests/integration/postgres.h"

/// How long the database is waited for.
namespace agreementd::testing {
namespace {

using namespace std::chrono_literals;

class PatienceTest : public DatabaseTest {
 protected:
  /// Asks what takes the server a minute; answers whether that is a lost connection.
  bool is_given_up(const storage::Patience& patience) {
    storage::Store store(uri("agreementd_writer"), patience);
    try {
      store.connection().query("SELECT pg_sleep(60)");
      return false;
    } catch (const Failure& failure) {
      return failure.status() == ExitStatus::database_unreachable;
    }
  }
};

TEST_F(PatienceTest, WhatIsNotAnsweredInTimeIsALostConnection) {
  EXPECT_TRUE(is_given_up({.longest = 50ms}));
}

TEST_F(PatienceTest, EachQuestionHasItsOwnTime) {
  storage::Store store(uri("agreementd_writer"), storage::Patience{.longest = 1s});
  // Together they take longer, and each of them does not.
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(store, "SELECT 1 FROM pg_sleep(0.25)"), "1");
  EXPECT_THROW(ask(store, "SELECT pg_sleep(60)"), Failure);
}

TEST_F(PatienceTest, ToldToStopItGivesUpSoon) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(is_given_up({.stop = stop.get_token(), .farewell = 50ms}));
}

TEST_F(PatienceTest, WhatIsAnsweredInTimeIsNot) {
  std::stop_source stop;
  storage::Store store(uri("agreementd_writer"), storage::Patience{.stop = stop.get_token()});
  EXPECT_EQ(ask(store, "SELECT 1"), "1");
  stop.request_stop();
  EXPECT_EQ(ask(store, "SELECT 2"), "2") << "what is under way is ended";
}

}  // namespace
}  // namespace agreementd::testing
