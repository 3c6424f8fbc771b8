#include <gtest/gtest.h>

#include "alerts/words.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

TEST(Telling, OfOneChangeIsAboutThat) {
  const auto told = telling(Message{{item(bee_county())}});
  ASSERT_EQ(told.parts.size(), 1U);
  EXPECT_EQ(told.subject, told.parts[0].headline);
}

TEST(Telling, OfSeveralCountsThem) {
  auto ended = bee_county();
  ended.kind = ChangeKind::terminated;
  auto left = ended;
  left.list = List::pending;
  const auto told = telling(
      Message{{item(bee_county(), 1), item(ended, 2), item(bee_county(), 3), item(left, 4)}});
  EXPECT_EQ(told.subject, "4 changes: 2 new, 1 ended, 1 left the pending list");
  EXPECT_EQ(told.parts.size(), 4U);
}

TEST(Telling, OfANoticeSaysSinceWhenAndUntilWhen) {
  const auto since = *parse_instant("2025-03-18T12:00:00Z");
  const auto until = *parse_instant("2025-03-19T12:00:00Z");
  const Notice notice{"silent", "pending", "no edition for 30 days:\nlook at the page"};
  const auto opened = telling(NoticeMessage{notice, since, std::nullopt});
  EXPECT_EQ(opened.subject, "Notice: silent: pending");
  EXPECT_EQ(opened.parts[0].details,
            (std::vector<std::string>{"no edition for 30 days: look at the page",
                                      "since 2025-03-18T12:00:00Z"}));
  const auto closed = telling(NoticeMessage{notice, since, until});
  EXPECT_EQ(closed.subject, "Over: silent: pending");
  EXPECT_EQ(closed.parts[0].details.back(), "until 2025-03-19T12:00:00Z");
  EXPECT_NE(opened.id, closed.id);
}

TEST(Telling, OfASampleSaysThatNothingHappened) {
  const auto told = telling(Sample{"desk", *parse_instant("2025-03-18T12:00:00Z")});
  EXPECT_EQ(told.subject, "TEST: this is a sample, nothing happened");
}

}  // namespace
}  // namespace agreementd::alerts
