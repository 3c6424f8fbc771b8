#pragma once

#include <chrono>
#include <cstdlib>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "fetchers/fetcher.h"
#include "tests/fakes/site.h"

namespace agreementd::fetchers {

class ManualClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return time; }
  Instant time = *parse_instant("2025-07-11T12:00:00Z");
};

/// A fetcher, and a site for it to ask. Pauses are noted, not waited for.
class FetchTest : public ::testing::Test {
 protected:
  FetchTest() {
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                             "no_proxy", "NO_PROXY"})
      unsetenv(name);
    settings.user_agent = "agreementd/0.1 (+mailto:someone@example.org)";
    settings.attempts = 1;
  }

  /// One for the whole test, with `settings` as they are at the first call.
  Fetcher& fetcher() {
    if (!fetcher_) fetcher_.emplace(settings, effects());
    return *fetcher_;
  }
  Answer get(const std::string& path) { return fetcher().get({site.url(path), {}, {}}); }
  Answer get_url(const std::string& url) { return fetcher().get({url, {}, {}}); }
  /// Of a site that answers once, in this way.
  Answer answer_to(fakes::Reply reply) {
    site.serve("/page", std::move(reply));
    return get("/page");
  }

  Effects effects() {
    return {clock,
            [this](std::chrono::milliseconds pause, const std::stop_token& stop) {
              pauses.push_back(pause);
              return !wait || wait(pause, stop);
            },
            [this] { return chance; }};
  }

  fakes::Site site;
  ManualClock clock;
  Settings settings;
  double chance = 0.5;
  std::vector<std::chrono::milliseconds> pauses;
  std::function<bool(std::chrono::milliseconds, std::stop_token)> wait;  // empty: it is no time

 private:
  std::optional<Fetcher> fetcher_;
};

/// The name of an outcome, so that a failed comparison can be read.
inline std::string name(const Answer& answer) { return std::string(to_string(answer.outcome)); }

}  // namespace agreementd::fetchers
