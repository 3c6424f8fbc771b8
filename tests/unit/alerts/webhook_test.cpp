#include "alerts/webhook.h"

#include <gtest/gtest.h>

#include "alerts/json_lines.h"
#include "model/base64.h"
#include "tests/unit/alerts/entries.h"

namespace agreementd::alerts {
namespace {

constexpr const char* published = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

WebhookSecret secret(const std::string& text) { return *WebhookSecret::parse(text); }

TEST(Webhook, SignsAsTheStandardsTestVectorSays) {
  // The vector of the libraries of github.com/standard-webhooks/standard-webhooks.
  const Instant sent{std::chrono::seconds(1614265330)};
  const auto headers = webhook_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", sent,
                                       R"({"test": 2432232314})", {secret(published)});
  EXPECT_EQ(headers.id, "msg_p5jXN8AQM9LWM0D4loKWxJek");
  EXPECT_EQ(headers.timestamp, "1614265330");
  EXPECT_EQ(headers.signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Webhook, SeveralSecretsGiveSeveralSignatures) {
  const Instant sent{std::chrono::milliseconds(1614265330999)};
  const auto other = secret("whsec_" + base64(std::string(32, 'k')));
  const auto one = webhook_headers("msg_1", sent, "{}", {secret(published)});
  const auto both = webhook_headers("msg_1", sent, "{}", {secret(published), other});
  const auto second = webhook_headers("msg_1", sent, "{}", {other});
  EXPECT_EQ(both.signature, one.signature + " " + second.signature);
  EXPECT_EQ(both.timestamp, "1614265330");
}

TEST(Webhook, TheBodyHoldsEachEntryByteForByte) {
  const Message message{{item(bee_county(), 1), item(bees_application(), 2)}};
  const auto made = *parse_instant("2025-03-18T22:01:03Z");
  EXPECT_EQ(webhook_body(message, made),
            "{\"data\":{\"entries\":[" + item_json(message.items[0]) + "," +
                item_json(message.items[1]) +
                "]},\"timestamp\":\"2025-03-18T22:01:03Z\",\"type\":\"changes\"}");
}

TEST(Webhook, ANoticeAndASampleHaveTypesOfTheirOwn) {
  const auto at = *parse_instant("2025-03-18T12:00:00Z");
  const NoticeMessage notice{{"silent", "pending", "look"}, at, std::nullopt};
  EXPECT_EQ(webhook_body(notice, at), "{\"data\":" + notice_json(notice) +
                                          ",\"timestamp\":\"2025-03-18T12:00:00Z\",\"type\":"
                                          "\"notice\"}");
  const Sample sample{"desk", at};
  EXPECT_EQ(webhook_body(sample), "{\"data\":" + sample_json(sample) +
                                      ",\"timestamp\":\"2025-03-18T12:00:00Z\",\"type\":\"test\"}");
}

TEST(WebhookSecret, IsReadFrom24To64Bytes) {
  for (const std::size_t size : {24U, 25U, 64U}) {
    const std::string key(size, 'k');
    const auto parsed = WebhookSecret::parse("whsec_" + base64(key));
    ASSERT_TRUE(parsed.ok()) << size;
    EXPECT_EQ(parsed->key(), key);
  }
}

TEST(WebhookSecret, WhatIsWrongIsSaidAndTheSecretNeverRepeated) {
  const std::string body = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";
  const auto error = [&](const std::string& text) {
    const auto parsed = WebhookSecret::parse(text);
    EXPECT_FALSE(parsed.ok()) << text;
    if (parsed.ok()) return std::string();
    EXPECT_EQ(parsed.error().find("c2Vj"), std::string::npos) << parsed.error();
    EXPECT_EQ(parsed.error().find('\n'), std::string::npos);
    return parsed.error();
  };
  EXPECT_NE(error("").find("is empty"), std::string::npos);
  EXPECT_NE(error(body).find("does not begin with whsec_"), std::string::npos);
  EXPECT_NE(error("whsec_" + body + "\n").find("no base64"), std::string::npos);
  EXPECT_NE(error("whsec_c2Vj").find("of 3 bytes, not of 24 to 64"), std::string::npos);
  EXPECT_NE(error("whsec_" + body + body + body).find("of 72 bytes"), std::string::npos);
}

}  // namespace
}  // namespace agreementd::alerts
