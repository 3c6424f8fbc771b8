#include "tests/integration/fetch_network.h"
#include "tests/integration/post_test.h"

namespace agreementd::fetchers {
namespace {

using std::chrono::steady_clock;

class PostCancellation : public PostTest {
 protected:
  /// To be called by whoever sees the poster at the step in question.
  void reached() {
    stopped_at_ = steady_clock::now();
    source_.request_stop();
  }

  /// Whether a post that would take long ends within a second after it was told to stop.
  void expect_to_be_cancelled(const std::string& url) {
    EXPECT_THROW(poster().post({url, "text/plain", "a"}, source_.get_token()), Cancelled);
    ASSERT_TRUE(source_.stop_requested());
    EXPECT_LT(steady_clock::now() - stopped_at_, std::chrono::seconds(1));
  }

 private:
  std::stop_source source_;
  steady_clock::time_point stopped_at_;
};

TEST_F(PostCancellation, BeforeItBeginsSendsNothing) {
  reached();
  expect_to_be_cancelled(site.url("/hook"));
  EXPECT_EQ(site.connections(), 0);
}

TEST_F(PostCancellation, WhileConnecting) {
  const FullPort full;
  const ConnectWatch watch(full.port(), [this] { reached(); });
  expect_to_be_cancelled("http://127.0.0.1:" + std::to_string(full.port()) + "/hook");
}

TEST_F(PostCancellation, WhileWaitingForAnAnswerLeavesAPosterThatWorks) {
  site.serve("/hook", [this](const fakes::Received&) {
    reached();
    return fakes::Reply{.silent = true};
  });
  expect_to_be_cancelled(site.url("/hook"));
  EXPECT_EQ(name(posted_to({.body = "ok"})), "delivered");
}

TEST_F(PostCancellation, InTheMiddleOfAnAnswer) {
  site.serve("/hook", {.body = "hook", .stall_after = 2, .stalled = [this] { reached(); }});
  expect_to_be_cancelled(site.url("/hook"));
}

TEST_F(PostCancellation, WhoeverWatchesIsToldThatItIsAlive) {
  int calls = 0;
  Poster watched(posting, clock, [&calls] { ++calls; });
  site.serve("/hook", fakes::Reply{});
  EXPECT_EQ(name(watched.post({site.url("/hook"), "text/plain", "a"})), "delivered");
  EXPECT_GT(calls, 0);
}

}  // namespace
}  // namespace agreementd::fetchers
