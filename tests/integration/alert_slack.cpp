#include <set>

#include <gtest/gtest.h>

#include "alerts/senders.h"
#include "tests/fakes/site.h"
#include "tests/unit/alerts/entries.h"

/// Slack, as it answers.
namespace agreementd::alerts {
namespace {

using fetchers::Delivery;

/// A digest of several posts.
Message long_digest() {
  Message message;
  for (int seq = 1; seq <= 60; ++seq) message.items.push_back(item(bee_county(), seq));
  return message;
}

TEST(SlackSender, GoesOnWhereItWasToldToSlowDownAndRepeatsNothing) {
  fakes::Site site;
  std::vector<std::string> taken;
  int posts = 0;
  site.serve("/services/secret", [&](const fakes::Received& request) {
    fakes::Reply reply;
    if (++posts % 3 == 0) {
      reply.status = 429;
      reply.headers = {{"Retry-After", "7"}};
    } else {
      taken.push_back(request.body);
    }
    return reply;
  });
  const SystemClock clock;
  const auto sender = slack_sender(site.url("/services/secret"), {}, clock, {});
  const Content digest = long_digest();
  auto sent = sender->send(digest, {});
  EXPECT_EQ(sent.delivery, Delivery::failed);
  EXPECT_EQ(sent.retry_after, std::chrono::seconds{7});
  EXPECT_TRUE(sent.went_on);
  for (int tries = 0; sent.delivery != Delivery::delivered && tries < 20; ++tries)
    sent = sender->send(digest, {});
  EXPECT_EQ(sent.delivery, Delivery::delivered);
  const auto once = taken;
  ASSERT_GT(once.size(), 3U);
  EXPECT_EQ(std::set(once.begin(), once.end()).size(), once.size());
  // Asked for once more, as by a replay, all of it goes out again.
  for (int tries = 0; tries < 20; ++tries)
    if (sender->send(digest, {}).delivery == Delivery::delivered) break;
  EXPECT_EQ(taken.size(), 2 * once.size());
}

TEST(SlackSender, DoesNotGoOnWhereItsNextPostIsNotTaken) {
  fakes::Site site;
  site.serve("/services/secret", [&](const fakes::Received& /*request*/) {
    return fakes::Reply{.status = site.hits("/services/secret") > 1 ? 500 : 200};
  });
  const SystemClock clock;
  const auto sender = slack_sender(site.url("/services/secret"), {}, clock, {});
  const Content digest = long_digest();
  EXPECT_TRUE(sender->send(digest, {}).went_on);
  EXPECT_FALSE(sender->send(digest, {}).went_on);
}

}  // namespace
}  // namespace agreementd::alerts
