#include "tests/integration/fetch_network.h"
#include "tests/integration/fetch_tls_server.h"
#include "tests/integration/post_test.h"

namespace agreementd::fetchers {
namespace {

using PostTls = PostTest;

/// 204 to each post of one byte, for as long as the client likes.
void take_posts(TlsStream& stream) {
  for (;;) {
    std::string request;
    while (!request.ends_with("\r\n\r\n")) request += stream.read(1);
    EXPECT_EQ(request.find("POST /hook "), 0U) << request;
    stream.read(1);
    stream.write("HTTP/1.1 204 \r\n\r\n");
  }
}

Post post_to(const TlsServer& server, const std::string& host) {
  return {"https://" + host + ":" + std::to_string(server.port()) + "/hook", "text/plain", "a"};
}

TEST_F(PostTls, ATrustedCertificateIsPostedTo) {
  const TlsServer server({}, take_posts);
  posting.ca_file = server.ca_file();
  for (int i = 0; i < 2; ++i) {
    const Posted posted = poster().post(post_to(server, "127.0.0.1"));
    EXPECT_EQ(name(posted), "delivered") << posted.detail;
    EXPECT_EQ(posted.status, 204);
  }
}

TEST_F(PostTls, ACertificateThatIsNotTrustedOrAnothersHasFailed) {
  const TlsServer server({.certificate = {.names = "DNS:other.example.org"}}, take_posts);
  EXPECT_EQ(name(poster().post(post_to(server, "127.0.0.1"))), "failed");
  posting.ca_file = server.ca_file();
  const Posted posted = Poster(posting, clock).post(post_to(server, "127.0.0.1"));
  EXPECT_EQ(name(posted), "failed");
  EXPECT_EQ(posted.detail.find("no trusted connection to https://127.0.0.1: "), 0U)
      << posted.detail;
}

TEST_F(PostTls, WhatACertificateSaysOfItselfIsNotRepeated) {
  const TlsServer server({.certificate = {.names = "email:sample@example.org"}}, take_posts);
  posting.ca_file = server.ca_file();
  EXPECT_EQ(poster().post(post_to(server, "127.0.0.1")).detail,
            "no trusted connection to https://127.0.0.1: its certificate is another host's: check "
            "this machine's clock and its certificate authorities");
}

TEST_F(PostTls, OlderThanTls12HasFailed) {
  const TlsServer server({.old = true}, take_posts);
  posting.ca_file = server.ca_file();
  EXPECT_EQ(name(poster().post(post_to(server, "127.0.0.1"))), "failed");
}

TEST_F(PostTls, ANameOfThisMachineIsPostedToWherePrivateAddressesAre) {
  const FakeName hook("hook.example.org", [] { return true; });
  const TlsServer server({.certificate = {.names = "DNS:hook.example.org"}}, take_posts);
  posting.ca_file = server.ca_file();
  posting.private_addresses = true;
  const Posted posted = poster().post(post_to(server, "hook.example.org"));
  EXPECT_EQ(name(posted), "delivered") << posted.detail;
}

}  // namespace
}  // namespace agreementd::fetchers
