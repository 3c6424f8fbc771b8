#include <algorithm>
#include <functional>

#include "storage/queries.h"
#include "tests/integration/postgres.h"
#include "tests/integration/storage_examples.h"
#include "tests/integration/tables.h"

/// The evidence that nobody can read.
namespace agreementd::testing {
namespace {

class Unreadable : public DatabaseTest {
 protected:
  /// A document that came so, and cannot be read.
  void came(const std::string& bytes, int hour, const std::function<void(Fetch&)>& as) {
    const auto stored = document(bytes);
    auto fetch = import_of(stored, bytes + ".xlsx");
    fetch.at += std::chrono::hours{hour};
    fetch.detail = "cannot read " + bytes;
    as(fetch);
    store_.add_evidence({stored}, {fetch});
    const auto consequences = store_.begin_consequences();
    consequences->add_readings({{stored.sha256, 1, std::nullopt, "no list"}});
    consequences->commit();
  }
  static std::function<void(Fetch&)> polled(Outcome outcome, int status) {
    return [=](Fetch& fetch) {
      fetch.origin = Origin::poll;
      fetch.outcome = outcome;
      fetch.http_status = status;
    };
  }
};

TEST_F(Unreadable, IsWhatCameAsAListAndIsNoneNewestFirst) {
  came("imported", 1, [](Fetch& fetch) { fetch.outcome = Outcome::unreadable; });
  came("cut", 4, polled(Outcome::truncated, 200));
  came("barrier instead of a list", 3, polled(Outcome::blocked, 200));
  came("refused", 3, polled(Outcome::blocked, 403));
  came("page", 3, polled(Outcome::ok, 200));
  came("page without links", 3, polled(Outcome::link_missing, 200));
  came("nameless", 2, [](Fetch& fetch) {
    fetch.file_name.clear();
    fetch.detail.clear();
  });
  const auto table = unreadable_documents(store_, 10);
  EXPECT_EQ(column(table, "file_name"), (Texts{"cut.xlsx", "barrier instead of a list.xlsx",
                                               "/lists/nameless.xlsx", "imported.xlsx"}));
  EXPECT_EQ(column(table, "reason"),
            (Texts{"cannot read cut", "cannot read barrier instead of a list", "no list",
                   "cannot read imported"}));
  EXPECT_EQ(text_at(table, 0, "sha256"), to_hex(sha256("cut")));
  EXPECT_EQ(text_at(table, 0, "came_at"), "2025-09-01T21:00:00Z");
  EXPECT_EQ(column(unreadable_documents(store_, 1), "file_name"), Texts{"cut.xlsx"});
  EXPECT_EQ(ask(store_, "SELECT count(*) FROM documents"), "7");
  const storage::Values counted{"documents unreadable as lists", "4"};
  EXPECT_EQ(std::ranges::count(storage::status(store_).rows, counted), 1);
}

TEST_F(Unreadable, IsNotListedAnyMoreOnceItIsRead) {
  came("list", 1, [](Fetch& fetch) { fetch.outcome = Outcome::unreadable; });
  const auto consequences = store_.begin_consequences();
  consequences->add_readings(
      {{sha256("list"), 2, ReadingSummary{List::pending, sha256("rows"), std::nullopt, 3}, ""}});
  consequences->commit();
  EXPECT_TRUE(unreadable_documents(store_, 10).rows.empty());
}

}  // namespace
}  // namespace agreementd::testing
