#include "tests/integration/post_test.h"

namespace agreementd::fetchers {
namespace {

using std::chrono::seconds;
using PostOutcome = PostTest;

TEST_F(PostOutcome, TheStatusDecides) {
  const std::vector<std::pair<int, std::string>> outcomes{
      {200, "delivered"}, {201, "delivered"}, {202, "delivered"}, {204, "delivered"},
      {299, "delivered"}, {300, "failed"},    {304, "failed"},    {400, "refused"},
      {401, "refused"},   {403, "refused"},   {404, "refused"},   {405, "refused"},
      {408, "failed"},    {410, "gone"},      {413, "refused"},   {422, "refused"},
      {425, "failed"},    {429, "failed"},    {451, "refused"},   {500, "failed"},
      {502, "failed"},    {503, "failed"},    {504, "failed"},    {599, "failed"},
      {600, "failed"},    {999, "failed"}};
  for (const auto& [status, outcome] : outcomes) {
    const Posted posted = posted_to({.status = status, .body = "words of the server"});
    EXPECT_EQ(name(posted), outcome) << status;
    EXPECT_EQ(posted.status, status);
    if (outcome == "delivered") {
      EXPECT_EQ(posted.detail, "");
      continue;
    }
    EXPECT_NE(posted.detail.find(std::to_string(status)), std::string::npos) << posted.detail;
    EXPECT_EQ(posted.detail.find("words"), std::string::npos) << posted.detail;
  }
}

TEST_F(PostOutcome, NoMessageHoldsMoreOfTheUrlThanSchemeAndHost) {
  for (const int status : {302, 401, 404, 410, 429, 500, 700}) {
    site.serve("/secret/path", fakes::Reply{.status = status, .body = "secret"});
    const Posted posted = post_url(site.url("/secret/path?secret=1"));
    EXPECT_EQ(posted.detail.find("http://127.0.0.1 "), 0U) << posted.detail;
    EXPECT_EQ(posted.detail.find("secret"), std::string::npos) << posted.detail;
  }
  for (const char* url : {"https://no-such-name.invalid/secret?secret", "http://127.0.0.1:1/secret",
                          "http://example.org/secret", "ftp://example.org/secret", "secret",
                          "https://10.0.0.1/secret", "https://example.org:99999/secret",
                          "https://exa mple.org/secret"}) {
    const Posted posted = post_url(url);
    EXPECT_NE(name(posted), "delivered");
    EXPECT_NE(posted.detail, "");
    EXPECT_EQ(posted.detail.find("secret"), std::string::npos) << posted.detail;
  }
}

TEST_F(PostOutcome, AnAnswerThatEndsWithinItsHeadersIsNone) {
  for (const auto* raw : {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
                          "HTTP/1.1 204 No Content\r\nServer: x\r\n"}) {
    const Posted posted = posted_to({.raw = raw});
    EXPECT_EQ(name(posted), "failed") << raw;
    EXPECT_NE(posted.detail.find("within its headers"), std::string::npos) << posted.detail;
  }
  EXPECT_EQ(name(posted_to({.raw = "HTTP/1.1 200 OK\r\n\r\n"})), "delivered");
  EXPECT_EQ(name(posted_to({.raw = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nCon"})),
            "failed");
}

TEST_F(PostOutcome, ARedirectHasFailedAndIsNotFollowed) {
  site.serve("/elsewhere", fakes::Reply{});
  for (const int status : {301, 302, 303, 307, 308}) {
    const Posted posted =
        posted_to({.status = status, .headers = {{"Location", site.url("/elsewhere")}}});
    EXPECT_EQ(name(posted), "failed");
    EXPECT_EQ(posted.detail, "http://127.0.0.1 redirects (" + std::to_string(status) +
                                 "), which is not followed: write the address it leads to");
  }
  EXPECT_EQ(site.hits("/elsewhere"), 0);
}

TEST_F(PostOutcome, RetryAfterIsReadInBothForms) {
  const auto asked = [this](int status, const std::string& value) {
    return posted_to({.status = status, .headers = {{"Retry-After", value}}}).retry_after;
  };
  EXPECT_EQ(asked(429, "7"), seconds(7));
  EXPECT_EQ(asked(503, "Fri, 11 Jul 2025 12:01:00 GMT"), seconds(60));
  EXPECT_EQ(asked(429, "1000000"), std::chrono::days(1));
  EXPECT_EQ(asked(429, "soon"), std::nullopt);
  EXPECT_EQ(asked(200, "7"), std::nullopt);
  EXPECT_EQ(posted_to({.status = 429}).retry_after, std::nullopt);
}

TEST_F(PostOutcome, TheBeginningOfTheAnswerIsKeptAndTheRestNoFailure) {
  posting.largest_answer = 10;
  for (const bool chunked : {false, true}) {
    const Posted posted = posted_to({.body = "0123456789abc", .chunked = chunked});
    EXPECT_EQ(name(posted), "delivered") << posted.detail;
    EXPECT_EQ(posted.beginning, "0123456789");
  }
  EXPECT_EQ(posted_to({.status = 400, .body = "no such room"}).beginning, "no such ro");
  EXPECT_EQ(posted_to({.body = "short"}).beginning, "short");
}

TEST_F(PostOutcome, AnAnswerWithoutEndIsReadToItsFirstMiB) {
  const Posted posted = posted_to({.body = std::string(1U << 16U, 'x'), .repeat = 1U << 20U});
  EXPECT_EQ(name(posted), "delivered") << posted.detail;
  EXPECT_EQ(posted.beginning, std::string(posting.largest_answer, 'x'));
  EXPECT_EQ(name(posted_to({.body = "ok"})), "delivered");
}

TEST_F(PostOutcome, A2xxWhoseAnswerBreaksOffHasFailed) {
  const Posted posted = posted_to({.body = "delivered", .cut_after = 4});
  EXPECT_EQ(name(posted), "failed");
  EXPECT_EQ(posted.status, 200);
  EXPECT_EQ(posted.beginning, "deli");
  EXPECT_EQ(posted.detail.find("http://127.0.0.1 answered 200 and then broke off: "), 0U)
      << posted.detail;
}

TEST_F(PostOutcome, ARefusalIsOneWhateverBecomesOfItsBody) {
  EXPECT_EQ(name(posted_to({.status = 410, .body = "gone", .cut_after = 1})), "gone");
  EXPECT_EQ(name(posted_to({.status = 404, .body = "nothing", .cut_after = 1})), "refused");
}

TEST_F(PostOutcome, NoAnswerHasFailed) {
  const Posted closed = posted_to({.close_at_once = true});
  EXPECT_EQ(name(closed), "failed");
  EXPECT_FALSE(closed.status);
  EXPECT_EQ(closed.detail.find("no answer from http://127.0.0.1: "), 0U) << closed.detail;
  EXPECT_EQ(name(posted_to({.raw = "220 mail.example.org ESMTP\r\n"})), "failed");
  EXPECT_EQ(name(post_url("http://127.0.0.1:1/hook")), "failed");
  EXPECT_EQ(name(post_url("https://no-such-name.invalid/hook")), "failed");
}

TEST_F(PostOutcome, HeadersWithoutEndHaveFailed) {
  const Posted posted = posted_to({.headers = {{"X-Long", std::string(300'000, 'x')}}});
  EXPECT_EQ(name(posted), "failed");
}

TEST_F(PostOutcome, WhatStallsHasFailedWhenItsTimeIsOver) {
  posting.timeout = std::chrono::milliseconds(150);
  for (const auto& reply :
       {fakes::Reply{.silent = true}, fakes::Reply{.body = "deli", .stall_after = 2}}) {
    const Posted posted = posted_to(reply);
    EXPECT_EQ(name(posted), "failed");
    EXPECT_GE(posted.duration, std::chrono::milliseconds(150));
    EXPECT_LT(posted.duration, seconds(5));
  }
}

}  // namespace
}  // namespace agreementd::fetchers
