#include "daemon/spool.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "model/result.h"
#include "tests/unit/daemon/temporary_folder.h"

namespace agreementd::daemon {
namespace {

constexpr std::uint64_t plenty = 1ULL << 30;

Fetch fetch_of(const std::string& bytes, const std::string& url = "https://example.org/a.xlsx") {
  Fetch fetch;
  fetch.origin = Origin::poll;
  fetch.at = *parse_instant("2026-03-01T12:00:00.000001Z");
  fetch.url = url;
  fetch.http_status = 200;
  fetch.document = sha256(bytes);
  fetch.file_name = "a \u2019 \"b\".xlsx";
  fetch.etag = "\"x\\y\"";
  fetch.last_modified = "Sun, 01 Mar 2026 11:00:00 GMT";
  fetch.modified_at = *parse_instant("2026-03-01T11:00:00Z");
  fetch.duration = std::chrono::milliseconds{1234};
  fetch.answered_by = "https://example.org/b.xlsx";
  return fetch;
}

struct Taken {
  std::vector<Fetch> fetches;
  std::vector<std::string> bytes;
};

Taken drained(Spool& spool) {
  Taken taken;
  EXPECT_EQ(spool.drain([&](const Fetch& fetch, const std::string& bytes) {
    taken.fetches.push_back(fetch);
    taken.bytes.push_back(bytes);
    return Spool::Taken::recorded;
  }),
            0U);
  return taken;
}

TEST(Spool, GivesBackWhatItWasGivenInOrderAndIsEmptyThen) {
  const TemporaryFolder folder;
  {
    Spool spool(folder.path("spool"), plenty);
    EXPECT_TRUE(spool.add(fetch_of("one"), "one"));
    Fetch failed;
    failed.origin = Origin::poll;
    failed.at = *parse_instant("2026-03-01T13:00:00Z");
    failed.url = "https://example.org/287g";
    failed.outcome = Outcome::timeout;
    failed.detail = "nothing came";
    EXPECT_TRUE(spool.add(failed, ""));
  }
  Spool again(folder.path("spool"), plenty);  // another process
  EXPECT_TRUE(again.add(fetch_of("three"), "three"));
  EXPECT_EQ(again.count(), 3U);
  const auto taken = drained(again);
  ASSERT_EQ(taken.fetches.size(), 3U);
  EXPECT_EQ(taken.bytes, (std::vector<std::string>{"one", "", "three"}));
  const auto given = fetch_of("one");
  const auto& got = taken.fetches[0];
  EXPECT_EQ(got.origin, given.origin);
  EXPECT_EQ(got.at, given.at);
  EXPECT_EQ(got.url, given.url);
  EXPECT_EQ(got.outcome, given.outcome);
  EXPECT_EQ(got.http_status, given.http_status);
  EXPECT_EQ(got.document, given.document);
  EXPECT_EQ(got.file_name, given.file_name);
  EXPECT_EQ(got.etag, given.etag);
  EXPECT_EQ(got.last_modified, given.last_modified);
  EXPECT_EQ(got.modified_at, given.modified_at);
  EXPECT_EQ(got.duration, given.duration);
  EXPECT_EQ(got.answered_by, given.answered_by);
  EXPECT_EQ(taken.fetches[1].outcome, Outcome::timeout);
  EXPECT_EQ(taken.fetches[1].document, std::nullopt);
  EXPECT_EQ(taken.fetches[1].detail, "nothing came");
  EXPECT_EQ(again.count(), 0U);
  EXPECT_EQ(again.bytes(), 0U);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("spool")));
}

TEST(Spool, KeepsADocumentOnceAndNoMoreThanItMay) {
  const TemporaryFolder folder;
  const std::string bytes(100'000, 'x');
  Spool spool(folder.path(), 150'000);
  EXPECT_TRUE(spool.add(fetch_of(bytes), bytes));
  EXPECT_TRUE(spool.add(fetch_of(bytes), bytes));
  const std::string other(100'000, 'y');
  EXPECT_FALSE(spool.add(fetch_of(other), other));
  EXPECT_FALSE(spool.holds(sha256(other))) << "nothing of it is left";
  EXPECT_EQ(spool.document(sha256(bytes)), bytes);
  const auto taken = drained(spool);
  EXPECT_EQ(taken.bytes, (std::vector<std::string>{bytes, bytes}));
  EXPECT_TRUE(spool.add(fetch_of(other), other)) << "there is room again";
}

TEST(Spool, WhatIsNotTakenStays) {
  const TemporaryFolder folder;
  {
    Spool spool(folder.path(), plenty);
    for (const auto* bytes : {"one", "two", "one", "three"}) spool.add(fetch_of(bytes), bytes);
    int left = 1;
    EXPECT_THROW(spool.drain([&](const Fetch&, const std::string&) {
      if (left-- == 0) throw Failure("the database went away again");
      return Spool::Taken::recorded;
    }),
                 Failure);
  }
  Spool again(folder.path(), plenty);
  EXPECT_EQ(drained(again).bytes, (std::vector<std::string>{"two", "one", "three"}));
}

TEST(Spool, WhatCannotBeReadIsPutAsideAndStopsNothing) {
  const TemporaryFolder folder;
  Spool spool(folder.path(), plenty);
  spool.add(fetch_of("one"), "one");
  spool.add(fetch_of("two"), "two");
  folder.write("000000000001.fetch", "{\"origin\":");
  std::vector<std::string> taken;
  const auto take = [&](const Fetch&, const std::string& bytes) {
    taken.push_back(bytes);
    return Spool::Taken::recorded;
  };
  EXPECT_EQ(spool.drain(take), 2U);
  EXPECT_EQ(taken, std::vector<std::string>{"two"});
  EXPECT_TRUE(std::filesystem::exists(folder.path("000000000001.fetch.bad")));
  const auto document = folder.path(to_hex(sha256("one")) + ".document.bad");
  EXPECT_TRUE(std::filesystem::exists(document)) << "a person may want it";
  EXPECT_EQ(spool.count(), 0U);
  EXPECT_EQ(spool.bad(), 2U);
  EXPECT_EQ(spool.bytes(), 0U);
  // The next outage leaves it alone.
  spool.add(fetch_of("three"), "three");
  EXPECT_EQ(spool.drain(take), 0U);
  EXPECT_TRUE(std::filesystem::exists(document));
}

TEST(Spool, ADocumentThatIsNotWhatItWasIsPutAsideToo) {
  const TemporaryFolder folder;
  Spool spool(folder.path(), plenty);
  spool.add(fetch_of("one"), "one");
  spool.add(fetch_of("two"), "two");
  folder.write(to_hex(sha256("one")) + ".document", "onE");
  std::filesystem::create_directory(folder.path("000000000003.fetch"));
  std::vector<std::string> taken;
  EXPECT_EQ(spool.drain([&](const Fetch&, const std::string& bytes) {
    taken.push_back(bytes);
    return Spool::Taken::recorded;
  }),
            3U);
  EXPECT_EQ(taken, std::vector<std::string>{"two"});
}

TEST(Spool, WhatIsRefusedIsPutAsideAndNothingThatWasPutAsideIsOverwritten) {
  const TemporaryFolder folder;
  Spool spool(folder.path(), plenty);
  const auto refuse = [](const Fetch&, const std::string&) { return Spool::Taken::refused; };
  for (int outage = 0; outage < 2; ++outage) {
    spool.add(fetch_of("one"), "one");
    EXPECT_EQ(spool.drain(refuse), 2U);
  }
  EXPECT_EQ(spool.bad(), 4U);
  EXPECT_FALSE(spool.holds_anything());
}

TEST(Spool, ToldNotNowItKeepsWhatIsLeft) {
  const TemporaryFolder folder;
  Spool spool(folder.path(), plenty);
  for (const auto* bytes : {"one", "two"}) spool.add(fetch_of(bytes), bytes);
  EXPECT_EQ(spool.drain([](const Fetch&, const std::string& bytes) {
    return bytes == "one" ? Spool::Taken::recorded : Spool::Taken::not_now;
  }),
            0U);
  EXPECT_EQ(spool.count(), 1U);
  EXPECT_EQ(drained(spool).bytes, std::vector<std::string>{"two"});
}

TEST(Spool, OnADiskThatIsFullNothingIsKeptAndThereIsAReason) {
  // Every write to it fails so.
  const TemporaryFolder folder;
  Spool spool(folder.path("spool"), plenty);
  std::filesystem::remove_all(folder.path("spool"));
  EXPECT_FALSE(spool.add(fetch_of("one"), "one"));
  EXPECT_NE(spool.trouble().find("make room"), std::string::npos) << spool.trouble();
}

TEST(Spool, OneProcessAtATimeHasIt) {
  const TemporaryFolder folder;
  const Spool spool(folder.path(), plenty);
  EXPECT_THROW(Spool(folder.path(), plenty), SpoolFailure);
}

TEST(Spool, AFolderThatCannotBeMadeIsAFailureThatNamesIt) {
  const TemporaryFolder folder;
  const auto file = folder.write("file", "");
  EXPECT_THROW(Spool(file + "/spool", plenty), Failure);
}

}  // namespace
}  // namespace agreementd::daemon
