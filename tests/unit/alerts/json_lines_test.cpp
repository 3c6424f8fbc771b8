#include "alerts/json_lines.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "model/json.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

TEST(JsonLine, HoldsTheEntryByteForByte) {
  const auto told = item(bee_county());
  EXPECT_EQ(json_line(told),
            "{\"entry\":" + told.logged.text + ",\"hash\":\"" + to_hex(told.logged.hash) + "\"}\n");
}

TEST(JsonLine, HoldsApplicationAndRetractedInTheSameShape) {
  auto told = item(bee_county());
  told.application = logged(bees_application(), 43);
  told.retracted = logged(bee_county(), 41);
  const auto part = [](const LoggedEntry& logged) {
    return "{\"entry\":" + logged.text + ",\"hash\":\"" + to_hex(logged.hash) + "\"}";
  };
  const auto line = json_line(told);
  EXPECT_TRUE(line.ends_with(",\"application\":" + part(*told.application) +
                             ",\"retracted\":" + part(*told.retracted) + "}\n"));
  EXPECT_EQ(json_type(line.substr(0, line.size() - 1)), JsonType::object);
}

TEST(JsonLine, IsOneLineWhateverAnAgencyIsCalled) {
  auto change = bee_county();
  change.agency = "Bee\r\n\"County\"";
  const auto line = json_line(item(change));
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
  EXPECT_EQ(json_type(line.substr(0, line.size() - 1)), JsonType::object);
}

TEST(JsonLine, OfANoticeOrASampleIsNamedAsThat) {
  const auto at = *parse_instant("2025-03-18T12:00:00Z");
  EXPECT_EQ(json_line(NoticeMessage{{"silent", "a\"b", "text"}, at, std::nullopt}),
            "{\"notice\":{\"kind\":\"silent\",\"subject\":\"a\\\"b\",\"text\":\"text\",\"status\":"
            "\"opened\",\"opened_at\":\"2025-03-18T12:00:00Z\"}}\n");
  EXPECT_EQ(json_line(NoticeMessage{{"k", "s", "t"}, at, at}),
            "{\"notice\":{\"kind\":\"k\",\"subject\":\"s\",\"text\":\"t\",\"status\":\"closed\","
            "\"opened_at\":\"2025-03-18T12:00:00Z\",\"closed_at\":\"2025-03-18T12:00:00Z\"}}\n");
  EXPECT_EQ(
      json_line(Sample{"desk", at}),
      "{\"test\":{\"text\":\"TEST: this is a sample, nothing happened\",\"sink\":\"desk\"}}\n");
}

}  // namespace
}  // namespace agreementd::alerts
