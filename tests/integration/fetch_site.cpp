#include "tests/integration/fetch_test.h"

namespace agreementd::fetchers {
namespace {

using fakes::Reply;
using FakeSite = FetchTest;

TEST_F(FakeSite, APathNeverSetAnswers404) {
  EXPECT_EQ(get("/nothing").http_status, 404);
  site.serve("/page", {.body = "page"});
  EXPECT_EQ(get("/page").http_status, 200);
  site.remove("/page");
  EXPECT_EQ(get("/page").http_status, 404);
}

TEST_F(FakeSite, OneReplyAfterTheOtherTheLastForEver) {
  site.serve("/page", {{.body = "a"}, {.body = "b"}});
  EXPECT_EQ(get("/page").bytes, "a");
  EXPECT_EQ(get("/page").bytes, "b");
  EXPECT_EQ(get("/page").bytes, "b");
}

TEST_F(FakeSite, CountsAndKeepsWhatItWasAsked) {
  EXPECT_EQ(get("/a?x=1").http_status, 404);
  EXPECT_EQ(get("/a?x=2").http_status, 404);
  EXPECT_EQ(site.hits("/a"), 2);
  EXPECT_EQ(site.hits("/robots.txt"), 1);
  EXPECT_EQ(site.hits(), 2);
  EXPECT_EQ(site.requests("/a").at(1).target, "/a?x=2");
  EXPECT_EQ(site.hits("/b"), 0);
}

TEST_F(FakeSite, CountsTheConnectionsItAccepted) {
  EXPECT_EQ(site.connections(), 0);
  site.serve("/robots.txt", {.status = 404, .headers = {{"Connection", "close"}}});
  EXPECT_EQ(get("/a").http_status, 404);
  EXPECT_EQ(get("/b").http_status, 404);
  EXPECT_EQ(site.connections(), 2);
}

TEST_F(FakeSite, AnsweringOnOneConnectionMayChangeWhatIsServedNext) {
  site.serve("/page", [this](const fakes::Received&) {
    site.serve("/page", {.body = "second"});
    return Reply{.body = "first"};
  });
  EXPECT_EQ(get("/page").bytes, "first");
  EXPECT_EQ(get("/page").bytes, "second");
}

TEST_F(FakeSite, EndsWithConnectionsOpenAndStalled) {
  settings.timeout = std::chrono::milliseconds(100);
  const auto started = std::chrono::steady_clock::now();
  {
    fakes::Site other;
    other.serve("/page", {.body = "page", .stall_after = 1});
    EXPECT_EQ(name(get_url(other.url("/page"))), "timeout");
    other.serve("/page", {.body = "page"});
    EXPECT_EQ(name(get_url(other.url("/page"))), "ok");  // and stays connected
  }
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
}

TEST_F(FakeSite, APortInUseIsToldSo) { EXPECT_THROW(fakes::Site(site.port()), std::system_error); }

}  // namespace
}  // namespace agreementd::fetchers
