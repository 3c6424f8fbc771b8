#include <algorithm>

#include <gmock/gmock.h>

#include "alerts/senders.h"
#include "tests/fakes/mail_server.h"
#include "tests/unit/alerts/entries.h"

/// Mail, as its server answers.
namespace agreementd::alerts {
namespace {

using fakes::MailServer;
using fetchers::Delivery;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::unique_ptr<Sender> sender_to(const MailServer& server, const std::string& user = "") {
  fetchers::MailSettings settings;
  settings.user = user;
  settings.url = "smtp://127.0.0.1:" + std::to_string(server.port());
  const auto address = [](const std::string& text) { return *EmailAddress::parse(text); };
  return email_sender(
      {address("agreementd@example.org"),
       {address("one@example.org"), address("two@example.org"), address("three@example.org")},
       *ListId::parse("desk.example.org")},
      settings);
}

/// Whom the server was asked to take a mail for, in order.
std::vector<std::string> recipients(const MailServer& server) {
  std::vector<std::string> names;
  for (const auto& line : server.lines())
    if (line.starts_with("RCPT TO:<")) names.push_back(line.substr(9, line.find('@') - 9));
  return names;
}

TEST(EmailSender, ThatTheServerRefusesOneKeepsItFromNobodyElse) {
  const MailServer server(fakes::MailDialogue::Replies{{"RCPT TO:<two", "550 who?"}});
  const auto sent = sender_to(server)->send(Message{{item(bee_county())}}, {});
  EXPECT_EQ(sent.delivery, Delivery::refused);
  EXPECT_THAT(sent.detail, HasSubstr("to two@example.org: "));
  EXPECT_THAT(recipients(server), ElementsAre("one", "two", "three"));
}

TEST(EmailSender, ThatTheServerCannotTakeItForOneNowKeepsItFromNobodyElse) {
  const MailServer server(fakes::MailDialogue::Replies{{"RCPT TO:<two", "450 later"}});
  const auto sender = sender_to(server);
  const Content message = Message{{item(bee_county())}};
  const auto first = sender->send(message, {});
  EXPECT_EQ(first.delivery, Delivery::failed);
  EXPECT_TRUE(first.went_on);
  EXPECT_FALSE(sender->send(message, {}).went_on);
  EXPECT_THAT(recipients(server), ElementsAre("one", "two", "three", "two"));
  EXPECT_EQ(sender->send(Message{{item(bee_county(), 43)}}, {}).delivery, Delivery::failed);
  EXPECT_THAT(recipients(server), ElementsAre("one", "two", "three", "two", "one", "two", "three"));
}

TEST(EmailSender, WhereTheServerDoesNotLetUsInItIsAskedOnce) {
  const MailServer server(fakes::MailDialogue::Replies{{"credentials", "535 no"}});
  const auto sent = sender_to(server, "user")->send(Message{{item(bee_county())}}, {});
  EXPECT_EQ(sent.delivery, Delivery::failed);
  EXPECT_THAT(sent.detail, HasSubstr("check user and password"));
  EXPECT_EQ(std::ranges::count_if(server.lines(),
                                  [](const auto& line) { return line.starts_with("EHLO"); }),
            1);
}

}  // namespace
}  // namespace agreementd::alerts
