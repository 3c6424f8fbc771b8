#include <algorithm>
#include <stop_token>

#include "fetchers/fetcher.h"
#include "tests/integration/fetch_network.h"
#include "tests/integration/mail_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::MailDialogue;
using fakes::MailServer;
using Lines = std::vector<std::string>;

/// By a server that says this instead of what a willing one would.
Mailed mailed_to(const MailDialogue::Replies& replies, const std::string& user = "") {
  const MailServer server(replies);
  MailSettings settings{.url = smtp_url(server), .user = user, .password = "secret"};
  settings.timeout = std::chrono::seconds(5);
  return Mailer(settings).send(example_mail());
}

bool holds(const Lines& lines, const std::string& beginning) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.starts_with(beginning); });
}

TEST(MailOutcome, AMailIsHandedOverAsItIsToEveryRecipient) {
  const MailServer server;
  Mailer mailer({.url = smtp_url(server)});
  Mail mail = example_mail();
  mail.message = ".a\r\n\r\n.\r\n..b\r\nc\r\n";
  for (int i = 0; i < 2; ++i) {
    const Mailed mailed = mailer.send(mail);
    EXPECT_EQ(name(mailed), "delivered") << mailed.detail;
    EXPECT_EQ(mailed.reply, std::nullopt);
    EXPECT_TRUE(mailed.answer.starts_with("250")) << mailed.answer;
    EXPECT_EQ(mailed.detail, "");
  }
  Lines lines = server.lines();
  lines.erase(lines.begin());  // the name of this machine
  lines.resize(11);
  EXPECT_EQ(lines, (Lines{"MAIL FROM:<alerts@example.org> SIZE=17", "RCPT TO:<analyst@example.org>",
                          "RCPT TO:<editor@example.com>", "DATA", "..a", "", "..", "...b", "c", ".",
                          "QUIT"}));
}

TEST(MailOutcome, WhatTheServerRefusesForGoodIsRefused) {
  for (const char* step : {"MAIL", "RCPT", "DATA", "message"}) {
    const Mailed mailed = mailed_to({{step, "550 secret words of the server"}});
    EXPECT_EQ(name(mailed), "refused") << step << ": " << mailed.detail;
    EXPECT_EQ(mailed.reply, 550);
    EXPECT_EQ(mailed.answer, "550 secret words of the server\r\n") << step;
    EXPECT_EQ(mailed.detail.find("127.0.0.1 refuses it (550): "), 0U) << mailed.detail;
    EXPECT_EQ(mailed.detail.find("words"), std::string::npos) << mailed.detail;
  }
}

TEST(MailOutcome, WhatItCannotTakeNowHasFailed) {
  for (const char* step : {"greeting", "MAIL", "RCPT", "DATA", "message"}) {
    const Mailed mailed = mailed_to({{step, "450 not now"}});
    EXPECT_EQ(name(mailed), "failed") << step << ": " << mailed.detail;
    EXPECT_EQ(mailed.reply, 450);
    EXPECT_EQ(mailed.detail.find("127.0.0.1 cannot take it now (450): "), 0U) << mailed.detail;
  }
}

TEST(MailOutcome, WhereOneRecipientIsRefusedNobodyGetsIt) {
  const MailServer server(MailDialogue::Replies{{"RCPT TO:<editor", "550 who?"}});
  EXPECT_EQ(name(Mailer({.url = smtp_url(server)}).send(example_mail())), "refused");
  EXPECT_FALSE(holds(server.lines(), "DATA"));
}

TEST(MailOutcome, AServerThatWantsNothingToDoWithUsHasFailed) {
  EXPECT_EQ(name(mailed_to({{"greeting", "554 no"}})), "failed");
  EXPECT_EQ(name(mailed_to({{"EHLO", "550 no"}, {"HELO", "550 no"}})), "failed");
  const Mailed mailed = mailed_to({{"MAIL", "530 authentication required"}});
  EXPECT_EQ(name(mailed), "failed");
  EXPECT_EQ(mailed.detail, "127.0.0.1 does not let us in (530): check user and password");
}

TEST(MailOutcome, AConnectionThatBreaksHasFailedWhereverItDoes) {
  for (const char* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "message"}) {
    const Mailed mailed = mailed_to({{step, MailDialogue::drop}});
    EXPECT_EQ(name(mailed), "failed") << step;
    EXPECT_EQ(mailed.reply, std::nullopt) << step;
    EXPECT_NE(mailed.detail, "");
  }
  EXPECT_EQ(name(Mailer({.url = "smtp://127.0.0.1:1"}).send(example_mail())), "failed");
  EXPECT_EQ(name(Mailer({.url = "smtps://no-such-name.invalid"}).send(example_mail())), "failed");
}

TEST(MailOutcome, ALeaveThatIsNotAnsweredChangesNothing) {
  EXPECT_EQ(name(mailed_to({{"QUIT", MailDialogue::drop}})), "delivered");
}

TEST(MailOutcome, AServerThatStallsHasFailedWhenItsTimeIsOver) {
  for (const char* step : {"greeting", "RCPT", "message"}) {
    const MailServer server(MailDialogue::Replies{{step, MailDialogue::silence}});
    MailSettings settings{.url = smtp_url(server)};
    settings.timeout = std::chrono::milliseconds(150);
    const Mailed mailed = Mailer(settings).send(example_mail());
    EXPECT_EQ(name(mailed), "failed") << step;
    EXPECT_LT(mailed.duration, std::chrono::seconds(5)) << step;
  }
}

TEST(MailOutcome, UserAndPasswordAreGivenAndNotRepeated) {
  const MailServer server;
  MailSettings settings{.url = smtp_url(server), .user = "user", .password = "secret"};
  EXPECT_EQ(name(Mailer(settings).send(example_mail())), "delivered");
  EXPECT_TRUE(holds(server.lines(), "AHVzZXIAc2VjcmV0"));  // \0user\0secret
  const Mailed mailed = mailed_to({{"credentials", "535 no"}}, "user");
  EXPECT_EQ(name(mailed), "failed");
  EXPECT_EQ(mailed.reply, 535);
  EXPECT_TRUE(mailed.about_us);
  EXPECT_EQ(mailed.detail, "127.0.0.1 does not let us in (535): check user and password");
}

TEST(MailOutcome, AnAddressThatWouldEndItsCommandIsRefused) {
  const MailServer server;
  Mailer mailer({.url = smtp_url(server)});
  for (const char* address : {"", "a@example.org>\r\nDATA", "a@example.org\nDATA",
                              "a b@example.org", "A <a@example.org>"}) {
    Mail mail = example_mail();
    mail.recipients.at(1) = address;
    EXPECT_EQ(mailer.send(mail).detail, "a recipient is no address");
    mail.sender = address;
    EXPECT_EQ(mailer.send(mail).detail, "the sender is no address");
  }
  Mail mail = example_mail();
  mail.recipients.clear();
  EXPECT_EQ(name(mailer.send(mail)), "refused");
  EXPECT_TRUE(server.lines().empty());
}

TEST(MailOutcome, ALineThatDoesNotEndInCrlfIsRefused) {
  const MailServer server;
  Mailer mailer({.url = smtp_url(server)});
  for (const char* message :
       {"", "a", "a\n", "a\r", "a\nb\r\n", "a\rb\r\n", "a\n.\r\nb\r\n", "a\r\r\n"}) {
    Mail mail = example_mail();
    mail.message = message;
    EXPECT_EQ(mailer.send(mail).detail, "a line of the message does not end in CRLF");
  }
  EXPECT_TRUE(server.lines().empty());
}

TEST(MailCancellation, StopsItWhereverItWaits) {
  for (const char* step : {"EHLO", "RCPT", "."}) {
    std::stop_source source;
    std::chrono::steady_clock::time_point stopped_at;
    const MailDialogue::Replies silent{{*step == '.' ? "message" : step, MailDialogue::silence}};
    const MailServer server(silent, [&](const std::string& line) {
      if (!line.starts_with(step) || source.stop_requested()) return;
      stopped_at = std::chrono::steady_clock::now();
      source.request_stop();
    });
    Mailer mailer({.url = smtp_url(server)});
    EXPECT_THROW(mailer.send(example_mail(), source.get_token()), Cancelled) << step;
    EXPECT_LT(std::chrono::steady_clock::now() - stopped_at, std::chrono::seconds(2)) << step;
  }
}

}  // namespace
}  // namespace agreementd::fetchers
