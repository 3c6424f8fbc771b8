#include <chrono>
#include <thread>

#include "model/result.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"

/// Two who write at once, and connections that fail.
namespace agreementd::testing {
namespace {

class Writers : public DatabaseTest {
 protected:
  /// Asks until somebody waits for an advisory lock in this database; false after 30 seconds.
  bool someone_waits() {
    auto observer = connect();
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (std::chrono::steady_clock::now() < give_up)
      if (ask(observer,
              "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
              " WHERE locktype = 'advisory' AND NOT granted"
              " AND datname = current_database()") == "1")
        return true;
    return false;
  }
  const SmallHistory small_;
};

TEST_F(Writers, TheSecondWaitsForTheFirstAndSeesWhatItWrote) {
  store_.add_evidence({small_.first, small_.second}, {});
  auto first = store_.begin_consequences();
  first->write(small_.difference, noon(day(2025, 9, 1)), {1, {}});
  std::size_t seen = 0;
  std::thread second([&] {
    auto other = connect();
    seen = other.begin_consequences()->history().versions.size();
  });
  EXPECT_TRUE(someone_waits());
  first->commit();
  second.join();
  EXPECT_EQ(seen, 2U);
}

TEST_F(Writers, TheSecondGoesOnWhenTheFirstGivesUp) {
  auto first = store_.begin_consequences();
  std::thread second([&] {
    auto other = connect();
    small_.store_in(other);
  });
  EXPECT_TRUE(someone_waits());
  first.reset();
  second.join();
  EXPECT_EQ(believed(store_).versions.size(), 2U);
}

TEST_F(Writers, EvidenceWaitsToo) {
  auto first = store_.begin_consequences();
  const auto list = document("a list");
  int added = 0;
  std::thread second([&] { added = connect().add_evidence({list}, {}).documents; });
  EXPECT_TRUE(someone_waits());
  EXPECT_EQ(added, 0);
  first.reset();
  second.join();
  EXPECT_EQ(added, 1);
}

TEST_F(Writers, ReadersDoNotWait) {
  small_.store_in(store_);
  const auto writing = store_.begin_consequences();
  auto reader = connect("reader");
  EXPECT_EQ(ask(reader, "SELECT count(*) FROM current_agreements"), "2");
}

std::string complaint(const std::string& uri, ExitStatus& status) {
  try {
    const storage::Store store(uri);
    return "";
  } catch (const Failure& failure) {
    status = failure.status();
    return failure.what();
  }
}

TEST_F(Writers, AConnectionThatFailsIsOneLineThatSaysWhatToDo) {
  const auto host = "?host=" + Cluster::get().socket();
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"postgresql:///x?host=/nowhere", "start PostgreSQL"},
      {"postgresql://postgres@/nowhere" + host, "agreementctl setup"},
      {"postgresql://nobody@/agreementd" + host, "agreementctl setup"},
      {"postgresql://127.0.0.1:1/x", "start PostgreSQL"},
  };
  for (const auto& [uri, advice] : cases) {
    ExitStatus status = ExitStatus::done;
    const auto text = complaint(uri, status);
    EXPECT_NE(text.find(advice), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    EXPECT_EQ(status, ExitStatus::database_unreachable) << uri;
  }
}

TEST_F(Writers, NoMessageHoldsAPasswordHoweverWrongTheUri) {
  for (const std::string uri :
       {"postgresql://user:s3cret@[::1/x", "postgresqlx://user:s3cret@host/x", "user:s3cret@host",
        "postgresql://user:a@s3cret@nowhere.invalid/x", "host='s3cret",
        "password=s3cret host=/nowhere", "postgresql://user:%zzs3cret@host/x",
        "postgresql://user@host/x?s3cret=1"}) {
    ExitStatus status = ExitStatus::done;
    const auto text = complaint(uri, status);
    EXPECT_EQ(text.find("s3cret"), std::string::npos) << text;
    EXPECT_EQ(status, ExitStatus::database_unreachable) << uri;
  }
}

TEST_F(Writers, AConnectionLostInTheMiddleIsDatabaseUnreachable) {
  const auto consequences = store_.begin_consequences();
  auto superuser = connect("postgres");
  EXPECT_EQ(ask(superuser,
                "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = 'agreementd_writer'"),
            "1");
  try {
    consequences->inputs();
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.status(), ExitStatus::database_unreachable);
  }
}

TEST_F(Writers, ARefusalSaysWhatToDo) {
  auto reader = connect("reader");
  EXPECT_NE(refusal(reader, "SELECT * FROM versions").find("agreementd_writer"), std::string::npos);
  EXPECT_NE(refusal(reader, "SELECT * FROM absent").find("agreementctl migrate"),
            std::string::npos);
  EXPECT_NE(refusal(reader, "SELECT agreementd.absent()").find("agreementctl migrate"),
            std::string::npos);
  EXPECT_EQ(refusal(reader, "SELECT 1 / 0").find('\n'), std::string::npos);
}

TEST_F(Writers, ATextWithANulIsRefusedAndNotCutOff) {
  const auto consequences = store_.begin_consequences();
  const Notice notice{"kind", std::string("sub\0ject", 8), "text"};
  EXPECT_THROW(consequences->open_notice(notice, noon(day(2025, 9, 1))), Failure);
}

}  // namespace
}  // namespace agreementd::testing
