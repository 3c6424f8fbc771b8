#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::Reply;
using FetchRedirect = FetchTest;

Reply redirect(const std::string& location, int status = 302) {
  return {.status = status, .headers = {{"Location", location}}, .body = "moved"};
}

TEST_F(FetchRedirect, OfEveryKindIsFollowed) {
  site.serve("/there/page", {.body = "page"});
  for (const int status : {301, 302, 303, 307, 308})
    for (const std::string& location :
         {std::string("/there/page"), std::string("there/page"), site.url("/there/page#top")}) {
      const Answer answer = answer_to(redirect(location, status));
      EXPECT_EQ(answer.bytes, "page") << status << " " << location;
      EXPECT_EQ(answer.url, site.url("/there/page"));
      EXPECT_EQ(answer.http_status, 200);
    }
}

TEST_F(FetchRedirect, ToANameWithSpacesIsFollowed) {
  site.serve("/lists/a%20b.xlsx", {.body = "list"});
  const Answer answer = answer_to(redirect("/lists/a b.xlsx"));
  EXPECT_EQ(answer.bytes, "list");
  EXPECT_EQ(answer.file_name, "a b.xlsx");
}

TEST_F(FetchRedirect, TheValidatorsStayWithTheFirstRequest) {
  const std::string date = "Fri, 11 Jul 2025 11:00:00 GMT";
  site.serve("/a", redirect("/b"));
  site.serve("/b", fakes::document("another page", "text/html", date, "\"1\""));
  const Answer answer = fetcher().get({site.url("/a"), "\"1\"", date});
  EXPECT_EQ(answer.bytes, "another page");
  EXPECT_EQ(site.requests("/a").at(0).header("if-none-match"), "\"1\"");
  EXPECT_EQ(site.requests("/a").at(0).header("if-modified-since"), date);
  EXPECT_EQ(site.requests("/b").at(0).headers.count("if-none-match"), 0U);
  EXPECT_EQ(site.requests("/b").at(0).headers.count("if-modified-since"), 0U);
}

TEST_F(FetchRedirect, A304OfWhereItLeadsIsNoAnswer) {
  site.serve("/a", redirect("/b"));
  site.serve("/b", Reply{.status = 304});
  EXPECT_EQ(name(fetcher().get({site.url("/a"), "\"1\"", {}})), "client_error");
}

TEST_F(FetchRedirect, EachAttemptBeginsWithTheValidatorsAgain) {
  settings.attempts = 2;
  site.serve("/a", redirect("/b"));
  site.serve("/b", {{.status = 500}, {.body = "page"}});
  EXPECT_EQ(fetcher().get({site.url("/a"), "\"1\"", {}}).bytes, "page");
  EXPECT_EQ(site.requests("/a").at(1).header("if-none-match"), "\"1\"");
}

TEST_F(FetchRedirect, ToAnotherHostIsRefused) {
  const Answer answer = answer_to(redirect("https://lists.example.org/page"));
  EXPECT_EQ(name(answer), "host_refused");
  EXPECT_EQ(answer.detail, "redirected to lists.example.org, which is no allowed host");
  EXPECT_EQ(answer.http_status, 302);
  EXPECT_EQ(answer.url, site.url("/page"));
  EXPECT_EQ(answer.bytes, "");
}

TEST_F(FetchRedirect, ToAnAllowedHostIsFollowedAndItsRobotsTxtAskedFirst) {
  settings.allowed_hosts = {"localhost"};
  const std::string elsewhere = "http://localhost:" + std::to_string(site.port()) + "/b";
  site.serve("/b", {.body = "page"});
  const Answer answer = answer_to(redirect(elsewhere));
  EXPECT_EQ(answer.bytes, "page");
  EXPECT_EQ(answer.url, elsewhere);
  EXPECT_EQ(site.hits("/robots.txt"), 2);
}

TEST_F(FetchRedirect, ToALoopbackHostThatIsNotAllowedIsRefused) {
  const Answer answer =
      answer_to(redirect("http://localhost:" + std::to_string(site.port()) + "/b"));
  EXPECT_EQ(name(answer), "host_refused");
  EXPECT_EQ(site.hits("/b"), 0);
}

TEST_F(FetchRedirect, ToAnotherPortOfThisMachineIsFollowed) {
  fakes::Site other;
  other.serve("/b", {.body = "page"});
  EXPECT_EQ(answer_to(redirect(other.url("/b"))).bytes, "page");
}

TEST_F(FetchRedirect, ToAnUnusualPortOfAnAllowedHostIsRefused) {
  settings.allowed_hosts = {"lists.example.org"};
  const Answer answer = answer_to(redirect("https://lists.example.org:25/page"));
  EXPECT_EQ(name(answer), "host_refused");
  EXPECT_EQ(answer.detail,
            "redirected to port 25 of lists.example.org: only the usual port is asked");
}

TEST_F(FetchRedirect, ToAnotherSchemeIsRefused) {
  settings.allowed_hosts = {"lists.example.org"};
  for (const char* location :
       {"http://lists.example.org/", "ftp://127.0.0.1/", "file:///etc/passwd"})
    EXPECT_EQ(name(answer_to(redirect(location))), "host_refused") << location;
}

TEST_F(FetchRedirect, WithCredentialsIsRefusedAndTheyAreNotRepeated) {
  const Answer answer =
      answer_to(redirect("http://user:secret@127.0.0.1:" + std::to_string(site.port()) + "/b"));
  EXPECT_EQ(name(answer), "host_refused");
  EXPECT_EQ((answer.detail + answer.url).find("secret"), std::string::npos) << answer.detail;
  EXPECT_EQ(site.hits("/b"), 0);
}

TEST_F(FetchRedirect, ToWhatIsNoUrlIsRefused) {
  for (const char* location : {"http://[::1", "https://", "mailto:x@example.org", "http://a b/"})
    EXPECT_EQ(name(answer_to(redirect(location))), "host_refused") << location;
}

TEST_F(FetchRedirect, WithoutALocationIsAClientError) {
  const Answer answer = answer_to({.status = 302});
  EXPECT_EQ(name(answer), "client_error");
  EXPECT_EQ(answer.detail, "127.0.0.1 redirects without saying where (302)");
}

TEST_F(FetchRedirect, SoManyInARowAndNotOneMore) {
  settings.redirects = 3;
  site.serve("/1", redirect("/2"));
  site.serve("/2", redirect("/3"));
  site.serve("/3", redirect("/4"));
  site.serve("/4", {.body = "page"});
  EXPECT_EQ(get("/1").bytes, "page");
  site.serve("/0", redirect("/1"));
  const Answer answer = get("/0");
  EXPECT_EQ(name(answer), "client_error");
  EXPECT_EQ(answer.detail, "127.0.0.1 redirects more than 3 times in a row");
}

TEST_F(FetchRedirect, InACircleIsAClientError) {
  const Answer answer = answer_to(redirect("/page"));
  EXPECT_EQ(name(answer), "client_error");
  EXPECT_EQ(site.hits("/page"), 6);
}

TEST_F(FetchRedirect, AllOfThemTogetherHaveTheTimeOfOneAttempt) {
  settings.timeout = std::chrono::milliseconds(300);
  settings.redirects = 100;
  Reply slow = redirect("/page");
  slow.delay = std::chrono::milliseconds(50);
  const Answer answer = answer_to(slow);
  EXPECT_EQ(name(answer), "timeout");
  EXPECT_LT(site.hits("/page"), 8);
}

}  // namespace
}  // namespace agreementd::fetchers
