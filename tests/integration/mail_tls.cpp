#include "tests/integration/fetch_network.h"
#include "tests/integration/fetch_tls_server.h"
#include "tests/integration/mail_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::MailDialogue;
using fakes::MailServer;

/// A willing server, to one client.
void take_mail(TlsStream& stream) {
  MailDialogue dialogue({});
  for (auto said = dialogue.greet(); said;) {
    if (!said->empty()) stream.write(*said);
    std::string line;
    while (!line.ends_with("\r\n")) line += stream.read(1);
    said = dialogue.hear(line.substr(0, line.size() - 2));
  }
}

std::string smtps_url(const TlsServer& server) {
  return "smtps://127.0.0.1:" + std::to_string(server.port());
}

TEST(MailTls, ATrustedCertificateIsMailedTo) {
  const TlsServer server({}, take_mail);
  const MailSettings settings{
      .url = smtps_url(server), .user = "user", .password = "secret", .ca_file = server.ca_file()};
  const Mailed mailed = Mailer(settings).send(example_mail());
  EXPECT_EQ(name(mailed), "delivered") << mailed.detail;
}

TEST(MailTls, ACertificateNobodySignedHasFailed) {
  const TlsServer server({}, take_mail);
  const Mailed mailed = Mailer({.url = smtps_url(server)}).send(example_mail());
  EXPECT_EQ(name(mailed), "failed");
  EXPECT_EQ(mailed.detail.find("no trusted connection to 127.0.0.1: "), 0U) << mailed.detail;
}

TEST(MailTls, AServerWithoutItHasFailedWhereItIsDueFromTheStart) {
  const MailServer server;
  const Mailed mailed =
      Mailer({.url = "smtps://127.0.0.1:" + std::to_string(server.port())}).send(example_mail());
  EXPECT_EQ(name(mailed), "failed");
  EXPECT_EQ(mailed.detail.find("no trusted connection to 127.0.0.1: "), 0U) << mailed.detail;
}

TEST(MailTls, NothingIsSentInTheClearToAServerThatDoesNotOfferIt) {
  const FakeName mail("mail.example.org", [] { return true; });
  const MailDialogue::Replies without{};
  const MailDialogue::Replies refuses{{"EHLO", "250-mail.example.org\r\n250 STARTTLS"},
                                      {"STARTTLS", "454 not now"}};
  for (const auto& replies : {without, refuses}) {
    const MailServer server(replies);
    const MailSettings settings{
        .url = smtp_url(server, "mail.example.org"), .user = "user", .password = "secret"};
    const Mailed mailed = Mailer(settings).send(example_mail());
    EXPECT_EQ(name(mailed), "failed");
    EXPECT_EQ(mailed.detail,
              "mail.example.org offers no TLS (STARTTLS): mail does not go to it in the clear");
    for (const std::string& line : server.lines())
      EXPECT_TRUE(line.starts_with("EHLO") || line == "STARTTLS" || line == "QUIT") << line;
  }
}

TEST(MailServerAddress, IsSchemeHostAndPortAlone) {
  for (const char* url : {"smtp://mail.example.org", "smtps://mail.example.org:465/"})
    EXPECT_EQ(fault_of_mail_server(url), std::nullopt) << url;
  for (const char* url :
       {"", "mail.example.org", "https://mail.example.org", "smtp://mail/hello",
        "smtp://user:secret@mail.example.org", "smtps://secret@mail.example.org"}) {
    const auto fault = fault_of_mail_server(url);
    ASSERT_TRUE(fault) << url;
    EXPECT_EQ(fault->find("secret"), std::string::npos) << *fault;
    const Mailed mailed = Mailer({.url = url}).send(example_mail());
    EXPECT_EQ(name(mailed), "refused");
    EXPECT_EQ(mailed.detail, *fault);
  }
}

}  // namespace
}  // namespace agreementd::fetchers
