#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::Reply;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Pauses = std::vector<milliseconds>;

class FetchRetry : public FetchTest {
 protected:
  FetchRetry() { settings.attempts = 3; }
};

TEST_F(FetchRetry, WhatMayPassIsTriedAgainAfterDoublingPauses) {
  settings.timeout = milliseconds(100);
  for (const Reply& reply :
       {Reply{.status = 408}, Reply{.status = 425}, Reply{.status = 429}, Reply{.status = 500},
        Reply{.status = 503}, Reply{.body = "page", .cut_after = 1}, Reply{.silent = true}}) {
    pauses.clear();
    site.serve("/page", {reply, reply, {.body = "page"}});
    const Answer answer = get("/page");
    EXPECT_EQ(answer.bytes, "page") << reply.status;
    EXPECT_EQ(answer.detail, "");
    EXPECT_EQ(pauses, (Pauses{seconds(1), seconds(2)})) << reply.status;
  }
}

TEST_F(FetchRetry, ABrokenConnectionIsTriedAgain) {
  // on a connection of its own: where a kept one turns out to be closed, curl takes another unasked
  site.serve("/robots.txt", {.status = 404, .headers = {{"Connection", "close"}}});
  site.serve("/page", {{.close_at_once = true}, {.close_at_once = true}, {.body = "page"}});
  EXPECT_EQ(get("/page").bytes, "page");
  EXPECT_EQ(pauses, (Pauses{seconds(1), seconds(2)}));
}

TEST_F(FetchRetry, EndsAfterTheLastAttempt) {
  EXPECT_EQ(name(answer_to({.status = 503})), "server_error");
  EXPECT_EQ(site.hits("/page"), 3);
  EXPECT_EQ(pauses, (Pauses{seconds(1), seconds(2)}));
}

TEST_F(FetchRetry, WhatWillNotPassIsNotTriedAgain) {
  for (const int status : {400, 401, 403, 404, 410, 451}) {
    const int before = site.hits("/page");
    EXPECT_NE(name(answer_to({.status = status})), "ok");
    EXPECT_EQ(site.hits("/page") - before, 1) << status;
  }
  settings.largest_body = 10;
  EXPECT_EQ(name(get_url("http://lists.example.org/")), "host_refused");
  EXPECT_EQ(pauses, Pauses());
}

TEST_F(FetchRetry, TooLargeAndEmptyAreNotTriedAgain) {
  settings.largest_body = 10;
  EXPECT_EQ(name(answer_to({.body = "more than ten bytes"})), "too_large");
  EXPECT_EQ(name(answer_to({.body = ""})), "empty");
  EXPECT_EQ(pauses, Pauses());
}

TEST_F(FetchRetry, DnsFailuresAreTriedAgain) {
  EXPECT_EQ(name(get_url("https://no-such-name.invalid/")), "dns_failure");
  EXPECT_EQ(pauses, (Pauses{seconds(1), seconds(2)}));
}

TEST_F(FetchRetry, ThePausesHaveJitter) {
  chance = 0.0;
  EXPECT_EQ(name(answer_to({.status = 503})), "server_error");
  chance = 1.0;
  EXPECT_EQ(name(answer_to({.status = 503})), "server_error");
  EXPECT_EQ(pauses, (Pauses{milliseconds(500), seconds(1), milliseconds(1'500), seconds(3)}));
}

TEST_F(FetchRetry, NoPauseIsLongerThanTheLongest) {
  settings.attempts = 8;
  EXPECT_EQ(name(answer_to({.status = 503})), "server_error");
  EXPECT_EQ(pauses, (Pauses{seconds(1), seconds(2), seconds(4), seconds(8), seconds(16),
                            seconds(30), seconds(30)}));
}

Reply ask_for(const std::string& retry_after, int status = 429) {
  return {.status = status, .headers = {{"Retry-After", retry_after}}};
}

TEST_F(FetchRetry, RetryAfterInSecondsIsWaitedInstead) {
  site.serve("/page", {ask_for("7"), ask_for("0", 503), {.body = "page"}});
  EXPECT_EQ(get("/page").bytes, "page");
  EXPECT_EQ(pauses, (Pauses{seconds(7), seconds(0)}));
}

TEST_F(FetchRetry, RetryAfterAsADateIsWaitedInstead) {
  site.serve("/page", {ask_for("Fri, 11 Jul 2025 12:00:09 GMT"), {.body = "page"}});
  EXPECT_EQ(get("/page").bytes, "page");
  EXPECT_EQ(pauses, Pauses{seconds(9)});
}

TEST_F(FetchRetry, ARetryAfterThatCannotBeReadIsNone) {
  for (const char* header : {"soon", "-1", "Fri, 11 Jul 2025 11:00:00 GMT"}) {
    pauses.clear();
    site.serve("/page", {ask_for(header), {.body = "page"}});
    EXPECT_EQ(get("/page").bytes, "page");
    EXPECT_EQ(pauses, Pauses{seconds(1)}) << header;
  }
}

TEST_F(FetchRetry, ALongRetryAfterIsLeftToTheCaller) {
  const Answer answer = answer_to(ask_for("3600", 503));
  EXPECT_EQ(name(answer), "server_error");
  EXPECT_EQ(answer.retry_after, seconds(3'600));
  EXPECT_EQ(site.hits("/page"), 1);
  clock.time += seconds(3'600);
  EXPECT_EQ(answer_to(ask_for("Sat, 11 Jul 2026 12:00:00 GMT")).retry_after, std::chrono::days(1));
  EXPECT_EQ(pauses, Pauses());
}

TEST_F(FetchRetry, AHostThatAsksToWaitIsNotAskedBeforeThat) {
  site.serve("/other", {.body = "other"});
  for (const int status : {429, 503}) {
    const int before = site.hits();
    EXPECT_EQ(name(answer_to(ask_for("3600", status))), "server_error");
    clock.time += seconds(3'600) - milliseconds(1'500);
    const Answer answer = get("/other");
    EXPECT_EQ(name(answer), "server_error");
    EXPECT_NE(answer.detail.find(std::to_string(status)), std::string::npos) << answer.detail;
    EXPECT_NE(answer.detail.find("the host asked to wait: 2 s are left"), std::string::npos)
        << answer.detail;
    EXPECT_EQ(answer.retry_after, seconds(2));
    EXPECT_EQ(answer.url, site.url("/other"));
    EXPECT_EQ(answer.at, clock.time);
    EXPECT_FALSE(answer.http_status);
    EXPECT_EQ(site.hits() - before, 1);
    clock.time += milliseconds(1'500);
    EXPECT_EQ(get("/other").bytes, "other");
  }
  EXPECT_EQ(pauses, Pauses());
}

TEST_F(FetchRetry, AHostThatAsksToWaitIsNotAskedForRobotsTxtEither) {
  EXPECT_EQ(name(get("/page")), "not_found");
  clock.time += std::chrono::hours(23);
  EXPECT_EQ(name(answer_to(ask_for("86400"))), "server_error");
  clock.time += std::chrono::hours(2);  // what is known of its robots.txt is too old by now
  EXPECT_EQ(get("/page").retry_after, std::chrono::hours(22));
  EXPECT_EQ(site.hits("/robots.txt"), 1);
}

TEST_F(FetchRetry, WhereItRedirectsToMayAskToWaitForItselfAlone) {
  fakes::Site other;
  other.serve("/page", ask_for("3600"));
  site.serve("/moved", {.status = 302, .headers = {{"Location", other.url("/page")}}});
  EXPECT_EQ(get("/moved").retry_after, seconds(3'600));
  EXPECT_EQ(get("/moved").retry_after, seconds(3'600));
  EXPECT_EQ(site.hits("/moved"), 2);
  EXPECT_EQ(other.hits("/page"), 1);
  EXPECT_EQ(answer_to({.body = "page"}).bytes, "page");
}

TEST_F(FetchRetry, ARetryAfterOnTheLastAttemptIsLeftToTheCaller) {
  const Answer answer = answer_to(ask_for("20"));
  EXPECT_EQ(answer.retry_after, seconds(20));
  EXPECT_EQ(pauses, (Pauses{seconds(20), seconds(20)}));
}

TEST_F(FetchRetry, AGoodAnswerAsksForNoPause) {
  EXPECT_FALSE(answer_to({.headers = {{"Retry-After", "3600"}}, .body = "page"}).retry_after);
}

TEST_F(FetchRetry, ConnectionsAreKeptBetweenRequests) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(answer_to({.body = "page"}).bytes, "page");
  EXPECT_EQ(site.hits("/page") + site.hits("/robots.txt"), 4);
  EXPECT_EQ(site.connections(), 1);
  EXPECT_EQ(pauses, Pauses());
}

TEST_F(FetchRetry, AConnectionThatTheSiteClosesIsReplaced) {
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(answer_to({.headers = {{"Connection", "close"}}, .body = "page"}).bytes, "page");
  EXPECT_EQ(site.connections(), 3);
  EXPECT_EQ(pauses, Pauses());
}

}  // namespace
}  // namespace agreementd::fetchers
