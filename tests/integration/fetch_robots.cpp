#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::Reply;

class FetchRobots : public FetchTest {
 protected:
  FetchRobots() { site.serve("/page", {.body = "page"}); }

  Answer with_robots(Reply reply) {
    site.serve("/robots.txt", std::move(reply));
    return get("/page");
  }
};

TEST_F(FetchRobots, WhatTheyForbidIsNotAskedFor) {
  const Answer answer = with_robots({.body = "User-agent: agreementd\nDisallow: /page\n"});
  EXPECT_EQ(name(answer), "robots");
  EXPECT_EQ(answer.detail, "robots.txt of 127.0.0.1 does not let agreementd ask for /page");
  EXPECT_FALSE(answer.http_status);
  EXPECT_EQ(answer.url, site.url("/page"));
  EXPECT_EQ(site.hits(), 0);
  site.serve("/other", {.body = "other"});
  EXPECT_EQ(get("/other").bytes, "other");
}

TEST_F(FetchRobots, TheQueryCounts) {
  site.serve("/robots.txt", {.body = "User-agent: *\nDisallow: /page?private\n"});
  EXPECT_EQ(name(get("/page?private=1")), "robots");
  EXPECT_EQ(name(get("/page?public=1")), "ok");
}

TEST_F(FetchRobots, WhereARedirectLeadsIsForbiddenToo) {
  site.serve("/robots.txt", {.body = "User-agent: *\nDisallow: /private\n"});
  site.serve("/page", {.status = 302, .headers = {{"Location", "/private"}}});
  EXPECT_EQ(name(get("/page")), "robots");
  EXPECT_EQ(site.hits("/private"), 0);
}

TEST_F(FetchRobots, TheyAreAskedOnceADay) {
  site.serve("/robots.txt", {.body = "User-agent: *\nDisallow: /private\n"});
  EXPECT_EQ(name(get("/page")), "ok");
  clock.time += std::chrono::hours(24) - std::chrono::seconds(1);
  EXPECT_EQ(name(get("/page")), "ok");
  EXPECT_EQ(site.hits("/robots.txt"), 1);
  clock.time += std::chrono::seconds(1);
  EXPECT_EQ(name(with_robots({.body = "User-agent: *\nDisallow: /\n"})), "robots");
  EXPECT_EQ(site.hits("/robots.txt"), 2);
  clock.time -= std::chrono::hours(30);  // a clock set back
  EXPECT_EQ(name(with_robots({.body = ""})), "ok");
}

TEST_F(FetchRobots, EachHostHasItsOwn) {
  const fakes::Site other;
  EXPECT_EQ(name(with_robots({.body = "User-agent: *\nDisallow: /\n"})), "robots");
  EXPECT_EQ(name(get_url(other.url("/page"))), "not_found");
  EXPECT_EQ(other.hits("/robots.txt"), 1);
}

TEST_F(FetchRobots, WhereThereAreNoneEverythingIsAllowed) {
  for (const int status : {400, 401, 403, 404, 410, 429, 204, 304, 300}) {
    clock.time += std::chrono::days(2);
    EXPECT_EQ(name(with_robots({.status = status, .body = "User-agent: *\nDisallow: /\n"})), "ok")
        << status;
  }
  clock.time += std::chrono::days(2);
  EXPECT_EQ(name(with_robots({.body = ""})), "ok");
}

TEST_F(FetchRobots, WhileTheyAnswer5xxNothingIsAskedAndTheyAreAskedAgain) {
  const Answer answer =
      with_robots({.status = 503, .headers = {{"Retry-After", "60"}}, .body = "no"});
  EXPECT_EQ(name(answer), "robots");
  EXPECT_EQ(answer.detail,
            "robots.txt of 127.0.0.1 answers 503: nothing else is asked until it answers well");
  EXPECT_EQ(answer.retry_after, std::chrono::seconds(60));
  EXPECT_EQ(site.hits(), 0);
  clock.time += std::chrono::seconds(60);
  EXPECT_EQ(name(with_robots({.status = 404})), "ok");
}

TEST_F(FetchRobots, AFailureToGetThemIsRememberedForAMinute) {
  site.serve("/robots.txt", {{.status = 500, .headers = {{"Connection", "close"}}},
                             {.close_at_once = true},
                             {.body = ""}});
  for (const char* outcome : {"robots", "connection_failure"}) {
    const Answer first = get("/page");
    EXPECT_EQ(name(first), outcome);
    const int asked = site.hits("/robots.txt");
    clock.time += std::chrono::seconds(59);
    const Answer second = get("/other");
    EXPECT_EQ(name(second), outcome);
    EXPECT_EQ(second.detail, first.detail);
    EXPECT_EQ(second.url, site.url("/other"));
    EXPECT_FALSE(second.retry_after);
    EXPECT_EQ(site.hits("/robots.txt"), asked);
    clock.time += std::chrono::seconds(1);
  }
  EXPECT_EQ(site.hits(), 0);
  EXPECT_EQ(name(get("/page")), "ok");
}

TEST_F(FetchRobots, ARememberedFailureIsForgottenWhereTheClockIsSetBack) {
  EXPECT_EQ(name(with_robots({.status = 500})), "robots");
  clock.time -= std::chrono::hours(1);
  EXPECT_EQ(name(with_robots({.body = ""})), "ok");
}

TEST_F(FetchRobots, WhereTheyAskToWaitNothingIsAskedBeforeThat) {
  for (const int status : {429, 503}) {
    clock.time += std::chrono::days(2);
    const int asked = site.hits("/robots.txt");
    const int pages = site.hits();
    const Reply busy{.status = status, .headers = {{"Retry-After", "3600"}}};
    EXPECT_EQ(with_robots(busy).retry_after, std::chrono::hours(1));
    clock.time += std::chrono::minutes(59);
    const Answer answer = with_robots({.body = ""});
    EXPECT_EQ(name(answer), "robots");
    EXPECT_EQ(answer.retry_after, std::chrono::minutes(1));
    EXPECT_NE(answer.detail.find("the host asked to wait: 60 s are left"), std::string::npos)
        << answer.detail;
    EXPECT_EQ(site.hits("/robots.txt"), asked + 1);
    EXPECT_EQ(site.hits(), pages);
    clock.time += std::chrono::minutes(1);
    EXPECT_EQ(name(get("/page")), "ok");
  }
}

TEST_F(FetchRobots, AreTriedAgainAsAnythingElse) {
  settings.attempts = 3;
  site.serve("/robots.txt", {{.status = 503, .headers = {{"Connection", "close"}}},
                             {.close_at_once = true},
                             {.body = ""}});
  EXPECT_EQ(name(get("/page")), "ok");
  EXPECT_EQ(pauses.size(), 2U);
}

TEST_F(FetchRobots, WhereTheyCannotBeReachedThatIsTheAnswer) {
  settings.attempts = 3;
  settings.timeout = std::chrono::milliseconds(100);
  for (const auto& [reply, outcome] : std::vector<std::pair<Reply, std::string>>{
           {{.close_at_once = true}, "connection_failure"},
           {{.silent = true}, "timeout"},
           {{.body = "User-agent", .cut_after = 3}, "truncated"}}) {
    clock.time += std::chrono::minutes(1);
    const int before = site.hits("/robots.txt");
    const Answer answer = with_robots(reply);
    EXPECT_EQ(name(answer), outcome);
    EXPECT_NE(answer.detail.find("(its robots.txt was asked for)"), std::string::npos);
    EXPECT_EQ(answer.url, site.url("/page"));
    EXPECT_EQ(answer.file_name, "");
    EXPECT_FALSE(answer.http_status);
    EXPECT_EQ(site.hits("/robots.txt") - before, 3) << outcome;
  }
  EXPECT_EQ(site.hits(), 0);
}

TEST_F(FetchRobots, HeadersWithoutEndBeforeThemAreTheAnswerToo) {
  const Answer answer =
      with_robots({.headers = {{"X-Long", std::string(1 << 20, 'x')}}, .body = "User-agent: *\n"});
  EXPECT_EQ(name(answer), "too_large");
  EXPECT_EQ(site.hits(), 0);
}

TEST_F(FetchRobots, TheirRedirectsAreFollowed) {
  site.serve("/rules", {.body = "User-agent: *\nDisallow: /page\n"});
  EXPECT_EQ(name(with_robots({.status = 301, .headers = {{"Location", "/rules"}}})), "robots");
}

TEST_F(FetchRobots, WhereTheirRedirectsLeadAstrayEverythingIsAllowed) {
  EXPECT_EQ(name(with_robots({.status = 301, .headers = {{"Location", "https://example.org/"}}})),
            "ok");
  clock.time += std::chrono::days(2);
  EXPECT_EQ(name(with_robots({.status = 301, .headers = {{"Location", "/robots.txt"}}})), "ok");
  EXPECT_EQ(site.hits("/robots.txt"), 1 + 6);
}

TEST_F(FetchRobots, OfHugeOnesTheFirst500KiBCount) {
  const std::string rules = "User-agent: *\nDisallow: /page\n";
  EXPECT_EQ(name(with_robots({.body = rules + std::string(1U << 20U, '#')})), "robots");
}

}  // namespace
}  // namespace agreementd::fetchers
