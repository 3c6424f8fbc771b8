#include "tests/integration/post_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::Received;
using PostRequest = PostTest;

TEST_F(PostRequest, IsTheBodyAsItIsWithItsTypeAndOurName) {
  site.serve("/hook", fakes::Reply{.status = 204});
  const std::string body("{\"a\":\"\xC3\xA9\r\n\0\"}", 13);
  const Posted posted = poster().post({site.url("/hook?key=1"), "application/json", body});
  EXPECT_EQ(name(posted), "delivered") << posted.detail;
  const Received request = site.requests("/hook").at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/hook?key=1");
  EXPECT_EQ(request.body, body);
  EXPECT_EQ(request.header("content-type"), "application/json");
  EXPECT_EQ(request.header("content-length"), "13");
  EXPECT_EQ(request.header("user-agent"), "agreementd/0.1 (+mailto:someone@example.org)");
}

TEST_F(PostRequest, ALargeBodyIsSentWithoutAskingForLeave) {
  site.serve("/hook", fakes::Reply{});
  const std::string body(3U << 20U, 'x');
  EXPECT_EQ(name(poster().post({site.url("/hook"), "text/plain", body})), "delivered");
  EXPECT_EQ(site.requests("/hook").at(0).body, body);
  EXPECT_EQ(site.requests("/hook").at(0).headers.count("expect"), 0U);
}

TEST_F(PostRequest, AnEmptyBodyIsSentAsThat) {
  site.serve("/hook", fakes::Reply{});
  EXPECT_EQ(name(poster().post({site.url("/hook"), "text/plain", ""})), "delivered");
  EXPECT_EQ(site.requests("/hook").at(0).header("content-length"), "0");
}

TEST_F(PostRequest, CarriesTheHeadersItIsGiven) {
  site.serve("/hook", fakes::Reply{});
  const Post post{
      site.url("/hook"),
      "text/plain",
      "a",
      {{"X-Signature", "sha256=ab, c"}, {"Authorization", "Bearer x"}, {"X-Empty", ""}}};
  EXPECT_EQ(name(poster().post(post)), "delivered");
  const Received request = site.requests("/hook").at(0);
  EXPECT_EQ(request.header("x-signature"), "sha256=ab, c");
  EXPECT_EQ(request.header("authorization"), "Bearer x");
  EXPECT_EQ(request.headers.count("x-empty"), 1U);
  // and they are not those of the next
  EXPECT_EQ(name(post_url(site.url("/hook"))), "delivered");
  EXPECT_EQ(site.requests("/hook").at(1).headers.count("authorization"), 0U);
}

TEST_F(PostRequest, AHeaderThatWouldEndItsLineIsRefusedAndItsValueNotRepeated) {
  const std::vector<std::pair<std::string, std::string>> headers{{"X-A", "secret\r\nX-Evil: 1"},
                                                                 {"X-A", "secret\nX-Evil: 1"},
                                                                 {"X-A", "secret\r"},
                                                                 {"X-A\r\nX-Evil", "secret"},
                                                                 {"X-A: 1\nX-Evil", "secret"},
                                                                 {"X A", "secret"},
                                                                 {"", "secret"},
                                                                 {"X-A", std::string("a\0b", 3)},
                                                                 {"X-A:", "secret"}};
  for (const auto& header : headers) {
    const Posted posted = poster().post({site.url("/hook"), "text/plain", "a", {header}});
    EXPECT_EQ(name(posted), "failed");
    EXPECT_FALSE(posted.status);
    EXPECT_NE(posted.detail.find("header"), std::string::npos) << posted.detail;
    EXPECT_EQ(posted.detail.find("secret"), std::string::npos) << posted.detail;
    EXPECT_EQ(posted.detail.find('\n'), std::string::npos) << posted.detail;
  }
  EXPECT_EQ(name(poster().post({site.url("/hook"), "text/plain\r\nX-Evil: 1", "a"})), "failed");
  EXPECT_EQ(name(poster().post({site.url("/hook"), "", "a"})), "failed");
  EXPECT_EQ(site.connections(), 0);
}

TEST_F(PostRequest, AHeaderThatFramesTheMessageIsRefused) {
  for (const char* header : {"Host", "content-length", "Transfer-Encoding", "Content-Type",
                             "Connection", "Expect", "Upgrade"})
    EXPECT_EQ(poster().post({site.url("/hook"), "text/plain", "a", {{header, "1"}}}).detail,
              std::string("header ") + header + " is not to be set");
  EXPECT_EQ(site.connections(), 0);
}

TEST_F(PostRequest, ManyToOneHostGoOverOneConnection) {
  site.serve("/hook", fakes::Reply{.body = "ok"});
  site.serve("/other", fakes::Reply{.status = 500, .body = "not now"});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(name(post_url(site.url("/hook"))), "delivered");
    EXPECT_EQ(name(post_url(site.url("/other"))), "failed");
  }
  EXPECT_EQ(site.connections(), 1);
}

TEST_F(PostRequest, WhatComesAfterAnAnswerIsNotTheNextOne) {
  const std::string ok = "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n";
  site.serve("/hook", {fakes::Reply{.raw = ok + ok}, fakes::Reply{.status = 500}});
  EXPECT_EQ(post_url(site.url("/hook")).status, 200);
  EXPECT_EQ(post_url(site.url("/hook")).status, 500);
}

}  // namespace
}  // namespace agreementd::fetchers
