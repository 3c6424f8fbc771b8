#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/integration/fetch_network.h"
#include "tests/integration/fetch_test.h"
#include "tests/integration/fetch_tls_server.h"

namespace agreementd::fetchers {
namespace {

using std::chrono::steady_clock;

/// Something happens once, and others wait for it.
class Event {
 public:
  void happen() {
    const std::lock_guard lock(mutex_);
    happened_ = true;
    changed_.notify_all();
  }
  void await() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return happened_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool happened_ = false;
};

class FetchCancellation : public FetchTest {
 protected:
  /// Requested as soon as `reached` is called, from a thread of the test's: the fetcher goes on to
  /// whatever it waits for.
  ~FetchCancellation() override {
    reached_.happen();
    if (stopper_.joinable()) stopper_.join();
  }

  /// To be called by whoever sees the fetcher at the step in question.
  void reached() { reached_.happen(); }

  /// Whether a get that would take minutes ends within a second after it was told to stop.
  void expect_to_be_cancelled(const std::string& url) {
    stopper_ = std::thread([this] {
      reached_.await();
      stopped_at_ = steady_clock::now();
      source_.request_stop();
    });
    try {
      const Answer answer = fetcher().get({url, {}, {}}, source_.get_token());
      ADD_FAILURE() << "an answer instead: " << name(answer) << ": " << answer.detail;
    } catch (const std::exception& cancelled) {
      EXPECT_NE(dynamic_cast<const Cancelled*>(&cancelled), nullptr);
      EXPECT_STREQ(cancelled.what(), "told to stop");
    }
    const auto cancelled_at = steady_clock::now();
    ASSERT_TRUE(source_.stop_requested());
    stopper_.join();
    EXPECT_LT(cancelled_at - stopped_at_, std::chrono::seconds(1));
  }

 private:
  Event reached_;
  std::stop_source source_;
  std::thread stopper_;
  steady_clock::time_point stopped_at_;
};

TEST_F(FetchCancellation, BeforeItBeginsAsksNothing) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(fetcher().get({site.url("/page"), {}, {}}, source.get_token()), Cancelled);
  EXPECT_EQ(site.hits() + site.hits("/robots.txt"), 0);
}

TEST_F(FetchCancellation, WhileTheNameIsLookedUp) {
  Event tested;
  Event over;
  const FakeName slow("slow.example.org", [&] {
    reached();
    tested.await();
    over.happen();
    return false;
  });
  expect_to_be_cancelled("https://slow.example.org/page");
  tested.happen();
  over.await();
}

TEST_F(FetchCancellation, WhileConnecting) {
  const FullPort full;
  const ConnectWatch watch(full.port(), [this] { reached(); });
  expect_to_be_cancelled("http://127.0.0.1:" + std::to_string(full.port()) + "/page");
}

TEST_F(FetchCancellation, DuringTheTlsHandshake) {
  const TlsServer authority({}, [](TlsStream&) {});
  settings.ca_file = authority.ca_file();
  const MutePort mute;
  const ConnectWatch watch(mute.port(), [this] { reached(); });
  expect_to_be_cancelled("https://127.0.0.1:" + std::to_string(mute.port()) + "/page");
}

TEST_F(FetchCancellation, WhileWaitingForRobotsTxt) {
  site.serve("/robots.txt", [this](const fakes::Received&) {
    reached();
    return fakes::Reply{.silent = true};
  });
  expect_to_be_cancelled(site.url("/page"));
  EXPECT_EQ(site.hits("/page"), 0);
}

TEST_F(FetchCancellation, WhileWaitingForAnAnswer) {
  site.serve("/page", [this](const fakes::Received&) {
    reached();
    return fakes::Reply{.silent = true};
  });
  expect_to_be_cancelled(site.url("/page"));
}

TEST_F(FetchCancellation, InTheMiddleOfABody) {
  site.serve("/page", {.body = "page", .stall_after = 2, .stalled = [this] { reached(); }});
  expect_to_be_cancelled(site.url("/page"));
}

TEST_F(FetchCancellation, DuringAPauseBetweenAttempts) {
  settings.attempts = 2;
  settings.first_pause = std::chrono::hours(1);
  settings.longest_pause = std::chrono::hours(1);
  const Effects real = real_effects(clock);
  wait = [&](std::chrono::milliseconds pause, const std::stop_token& stop) {
    reached();
    return real.wait(pause, stop);
  };
  site.serve("/page", fakes::Reply{.status = 503});
  expect_to_be_cancelled(site.url("/page"));
  EXPECT_EQ(site.hits("/page"), 1);
}

TEST_F(FetchCancellation, LeavesAFetcherThatWorks) {
  site.serve("/page", [this](const fakes::Received&) {
    reached();
    return fakes::Reply{.silent = true};
  });
  expect_to_be_cancelled(site.url("/page"));
  EXPECT_EQ(answer_to({.body = "page"}).bytes, "page");
}

TEST(RealEffects, WaitUntilThePauseIsOver) {
  const SystemClock clock;
  const Effects effects = real_effects(clock);
  const auto started = steady_clock::now();
  EXPECT_TRUE(effects.wait(std::chrono::milliseconds(30), {}));
  EXPECT_GE(steady_clock::now() - started, std::chrono::milliseconds(30));
  for (int i = 0; i < 100; ++i) {
    const double random = effects.random();
    EXPECT_GE(random, 0.0);
    EXPECT_LE(random, 1.0);
  }
  EXPECT_NE(effects.random(), effects.random());
}

/// Where an answer does not come in time, without anyone's cancelling.
using FetchTimeout = FetchTest;

TEST_F(FetchTimeout, ConnectingTakesNoLongerThanItsOwnTimeout) {
  const FullPort full;
  settings.connect_timeout = std::chrono::milliseconds(150);
  const Answer answer = get_url("http://127.0.0.1:" + std::to_string(full.port()) + "/page");
  EXPECT_EQ(name(answer), "timeout");
  EXPECT_LT(answer.duration, std::chrono::seconds(5));
}

TEST_F(FetchTimeout, LookingUpTheNameIsPartOfConnecting) {
  Event tested;
  Event over;
  const FakeName slow("slow.example.org", [&] {
    tested.await();
    over.happen();
    return false;
  });
  settings.connect_timeout = std::chrono::milliseconds(150);
  const Answer answer = get_url("https://slow.example.org/page");
  EXPECT_EQ(name(answer), "timeout");
  EXPECT_LT(answer.duration, std::chrono::seconds(5));
  tested.happen();
  over.await();
}

}  // namespace
}  // namespace agreementd::fetchers
