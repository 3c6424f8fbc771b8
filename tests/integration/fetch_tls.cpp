#include "tests/integration/fetch_network.h"
#include "tests/integration/fetch_test.h"
#include "tests/integration/fetch_tls_server.h"

namespace agreementd::fetchers {
namespace {

using FetchTls = FetchTest;

std::string url_of(const TlsServer& server, const std::string& host = "127.0.0.1") {
  return "https://" + host + ":" + std::to_string(server.port()) + "/page";
}

/// The head of the next request.
std::string read_head(TlsStream& stream) {
  std::string head;
  while (!head.ends_with("\r\n\r\n")) head += stream.read(1);
  return head;
}

void answer(TlsStream& stream, const std::string& head) {
  if (head.starts_with("GET /robots.txt "))
    stream.write("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n");
  else
    stream.write("HTTP/1.1 200 \r\nContent-Length: 4\r\n\r\npage");
}

/// `page` to each request but for robots.txt, for as long as the client likes.
void serve_page(TlsStream& stream) {
  for (;;) answer(stream, read_head(stream));
}

/// The same to one request, and then it leaves without having said so.
void serve_page_once(TlsStream& stream) { answer(stream, read_head(stream)); }

void expect_tls_failure(const Answer& answer) {
  EXPECT_EQ(name(answer), "tls_failure");
  EXPECT_FALSE(answer.http_status);
  EXPECT_EQ(answer.detail.find("no trusted connection to "), 0U) << answer.detail;
  EXPECT_NE(answer.detail.find(": check this machine's clock and its certificate authorities"),
            std::string::npos)
      << answer.detail;
}

TEST_F(FetchTls, ATrustedCertificateIsOk) {
  const TlsServer server({}, serve_page);
  settings.ca_file = server.ca_file();
  const Answer answer = get_url(url_of(server));
  EXPECT_EQ(name(answer), "ok") << answer.detail;
  EXPECT_EQ(answer.bytes, "page");
  EXPECT_EQ(get_url(url_of(server)).bytes, "page");
}

TEST_F(FetchTls, ACertificateNobodySignedIsATlsFailureAndNotTriedAgain) {
  settings.attempts = 3;
  const TlsServer server({}, serve_page);
  expect_tls_failure(get_url(url_of(server)));
  EXPECT_TRUE(pauses.empty());
}

TEST_F(FetchTls, ACertificateOfAnotherAuthorityIsATlsFailure) {
  const TlsServer other({}, serve_page);
  const TlsServer server({}, serve_page);
  settings.ca_file = other.ca_file();
  expect_tls_failure(get_url(url_of(server)));
}

TEST_F(FetchTls, ACertificateForAnotherHostIsATlsFailure) {
  const TlsServer server({.certificate = {.names = "DNS:lists.example.org"}}, serve_page);
  settings.ca_file = server.ca_file();
  expect_tls_failure(get_url(url_of(server)));
}

TEST_F(FetchTls, AnExpiredCertificateIsATlsFailure) {
  const TlsServer server({.certificate = {.expired = true}}, serve_page);
  settings.ca_file = server.ca_file();
  const Answer answer = get_url(url_of(server));
  expect_tls_failure(answer);
  EXPECT_NE(answer.detail.find("expired"), std::string::npos) << answer.detail;
}

TEST_F(FetchTls, OlderThanTls12IsATlsFailure) {
  const TlsServer server({.old = true}, serve_page);
  settings.ca_file = server.ca_file();
  expect_tls_failure(get_url(url_of(server)));
}

TEST_F(FetchTls, ACaFileThatIsNotThereIsATlsFailure) {
  const TlsServer server({}, serve_page);
  settings.ca_file = "/no/such/file.pem";
  const Answer answer = get_url(url_of(server));
  expect_tls_failure(answer);
  EXPECT_NE(answer.detail.find("/no/such/file.pem"), std::string::npos) << answer.detail;
}

TEST_F(FetchTls, WhatIsNoTlsIsATlsFailure) {
  const TlsServer server({.instead = "220 mail.example.org ESMTP\r\n"}, serve_page);
  expect_tls_failure(get_url(url_of(server)));
}

TEST_F(FetchTls, AServerThatLeavesBetweenRequestsDoesNoHarm) {
  const TlsServer server({}, serve_page_once);
  settings.ca_file = server.ca_file();
  for (int i = 0; i < 5; ++i) {
    const Answer answer = get_url(url_of(server));
    EXPECT_EQ(answer.bytes, "page") << answer.detail;
  }
}

class FetchTlsRedirect : public FetchTest {
 protected:
  FetchTlsRedirect() { settings.ca_file = server_.ca_file(); }

  /// Of `lists.example.org`, which redirects to `location`; `PORT` in it is the server's.
  Answer redirected_to(std::string location) {
    const auto port = location.find("PORT");
    if (port != std::string::npos) location.replace(port, 4, std::to_string(server_.port()));
    location_ = location;
    return get_url("https://lists.example.org:" + std::to_string(server_.port()) + "/moved");
  }

 private:
  void serve(TlsStream& stream) {
    for (;;) {
      const std::string head = read_head(stream);
      if (!head.starts_with("GET /moved ")) {
        answer(stream, head);
        continue;
      }
      // closed, so that the next host is listened to
      stream.write("HTTP/1.1 302 \r\nContent-Length: 0\r\nConnection: close\r\nLocation: " +
                   location_ + "\r\n\r\n");
      return;
    }
  }

  FakeName lists_{"lists.example.org", [] { return true; }};
  FakeName files_{"files.example.org", [] { return true; }};
  std::string location_;
  TlsServer server_{{.certificate = {.names = "DNS:lists.example.org,DNS:files.example.org"}},
                    [this](TlsStream& stream) { serve(stream); }};
};

TEST_F(FetchTlsRedirect, ToAnAllowedHostIsFollowed) {
  settings.allowed_hosts = {"files.example.org"};
  const Answer answer = redirected_to("https://files.example.org:PORT/page");
  EXPECT_EQ(answer.bytes, "page") << answer.detail;
  EXPECT_EQ(host_of(answer.url), "files.example.org");
}

TEST_F(FetchTlsRedirect, ToAHostThatIsNotAllowedIsRefused) {
  const Answer answer = redirected_to("https://files.example.org:PORT/page");
  EXPECT_EQ(name(answer), "host_refused");
  EXPECT_EQ(answer.detail, "redirected to files.example.org, which is no allowed host");
}

TEST_F(FetchTlsRedirect, ToHttpIsRefusedEvenOnLoopback) {
  settings.allowed_hosts = {"127.0.0.1", "files.example.org"};
  site.serve("/page", {.body = "page"});
  EXPECT_EQ(redirected_to(site.url("/page")).detail, "redirected from https to http at 127.0.0.1");
  EXPECT_EQ(name(redirected_to("http://files.example.org:PORT/page")), "host_refused");
  EXPECT_EQ(site.hits(), 0);
}

}  // namespace
}  // namespace agreementd::fetchers
