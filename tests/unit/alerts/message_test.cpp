#include "alerts/message.h"

#include <gtest/gtest.h>

#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

TEST(MessageId, OfOneEntryIsItsHash) {
  const Message message{{item(bee_county())}};
  const auto hex = to_hex(message.items[0].logged.hash);
  EXPECT_EQ(message_id(message), "msg_" + hex.substr(0, 32));
}

TEST(MessageId, OfSeveralIsTheHashOfTheirHashesInOrder) {
  const Message message{{item(bee_county(), 1), item(bees_application(), 2)}};
  std::string joined;
  for (const auto& each : message.items)
    joined.append(each.logged.hash.bytes.begin(), each.logged.hash.bytes.end());
  EXPECT_EQ(message_id(message), "msg_" + to_hex(sha256(joined)).substr(0, 32));
  EXPECT_NE(message_id(message), message_id(Message{{message.items[1], message.items[0]}}));
}

TEST(MessageId, DependsOnTheEntriesAlone) {
  Message message{{item(bee_county())}};
  const auto before = message_id(message);
  message.items[0].application = logged(bees_application(), 43);
  message.items[0].moa_url = "https://www.ice.gov/a.pdf";
  message.items[0].possibly_same = {"another"};
  EXPECT_EQ(message_id(message), before);
}

TEST(MessageId, OfANoticeTellsOpenedFromClosedAndOneOccasionFromTheNext) {
  const auto monday = *parse_instant("2025-03-17T12:00:00Z");
  const auto tuesday = *parse_instant("2025-03-18T12:00:00Z");
  const Notice notice{"quarantined", "participating", "look at it"};
  const NoticeMessage opened{notice, monday, std::nullopt};
  EXPECT_EQ(
      message_id(opened),
      message_id(NoticeMessage{{"quarantined", "participating", "other"}, monday, std::nullopt}));
  EXPECT_NE(message_id(opened), message_id(NoticeMessage{notice, monday, tuesday}));
  EXPECT_NE(message_id(opened), message_id(NoticeMessage{notice, tuesday, std::nullopt}));
  EXPECT_NE(message_id(opened),
            message_id(NoticeMessage{{"quarantined", "pending", ""}, monday, std::nullopt}));
  EXPECT_NE(message_id(NoticeMessage{{"ab", "c", ""}, monday, std::nullopt}),
            message_id(NoticeMessage{{"a", "bc", ""}, monday, std::nullopt}));
}

TEST(MessageId, OfASampleIsNoEntrys) {
  const Sample sample{"desk", *parse_instant("2025-03-17T12:00:00Z")};
  EXPECT_EQ(message_id(sample).size(), 36U);
  EXPECT_EQ(message_id(sample), message_id(Sample(sample)));
}

}  // namespace
}  // namespace agreementd::alerts
