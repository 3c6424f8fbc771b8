#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "daemon/service/service.h"
#include "tests/integration/poll_test.h"
#include "tests/unit/daemon/temporary_folder.h"

/// The service, on a real database and a site on loopback. It runs in the test's own thread:
/// whenever it would wait, the test has its turn. So nothing sleeps, and every time is the test's.
namespace agreementd::daemon {

class KeptJournal final : public Journal {
 public:
  void write(Level level, std::string_view message, const Fields& /*fields*/) override {
    const std::lock_guard lock(mutex_);
    if (level != Level::debug) lines.emplace_back(message);
  }
  [[nodiscard]] bool says(const std::string& text) const {
    return std::ranges::any_of(
        lines, [&](const auto& line) { return line.find(text) != std::string::npos; });
  }
  std::vector<std::string> lines;

 private:
  std::mutex mutex_;  // couriers write to it too
};

class KeptSupervisor final : public Supervisor {
 public:
  void ready() override { told.emplace_back("ready"); }
  void reloading() override { told.emplace_back("reloading"); }
  void stopping() override { told.emplace_back("stopping"); }
  void status(const std::string& text) override { last = text; }
  void alive() override { ++beats; }
  std::vector<std::string> told;
  std::string last;
  int beats = 0;
};

class Serving : public Poll {
 protected:
  Serving() {
    configuration_.database = uri("agreementd_writer");
    configuration_.source.page = site_.url("/287g");
    configuration_.spool.folder = folder_.path("spool");
    configuration_.http.listen = "127.0.0.1:0";
    configuration_.source.silent_after =
        std::chrono::hours{24} * 10'000;  // the samples are of 2025
    serve_both_lists();
  }

  /// The turns of the test, one each time the service would wait; then it is told to stop.
  void serve(const std::vector<std::function<void()>>& turns, std::stop_source stop = {}) {
    std::size_t next = 0;
    Service service(configuration_,
                    {clock_, supervisor_, journal_,
                     [&](std::chrono::milliseconds) {
                       if (next == turns.size())
                         stop.request_stop();
                       else
                         turns[next++]();
                     },
                     [&] { return std::exchange(reload_, false); }, stop.get_token(),
                     [&] { return read_again_; }, [] { return 0.0; },
                     [&](const Configuration& wanted) {
                       ca_files_.push_back(wanted.source.ca_file);
                       return addressees_of(wanted, clock_);
                     },
                     [&](const Source&, std::function<void()> alive) {
                       fetchers::Settings settings;
                       settings.attempts = 1;
                       return fetchers::Fetcher(settings,
                                                {clock_, [](auto, const auto&) { return true; },
                                                 [] { return 0.5; }, std::move(alive)});
                     }});
    port_ = service.port();
    service.run();
    EXPECT_EQ(next, turns.size());
  }

  std::function<void()> later(std::chrono::minutes by) {
    return [this, by] { clock_.turn(by); };
  }
  std::function<void()> polls(int wanted) {
    return [this, wanted] { EXPECT_EQ(polls_, wanted); };
  }

  /// Counts how often the page was asked for.
  void count_polls() {
    site_.serve("/287g", [this](const fakes::Received&) {
      ++polls_;
      return good(page_linking({participating_, pending_}));
    });
  }

  /// As a server that is shut down: nobody gets in, and who is in is out.
  void take_database_away(bool away) {
    auto superuser = testing::Cluster::get().uri("postgres", "postgres");
    storage::Store store(superuser);
    run(store, std::string("ALTER DATABASE ") + database_ + " ALLOW_CONNECTIONS " +
                   (away ? "false" : "true"));
    if (away)
      run(store, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                     database_ + "'");
  }

  /// Body and status of what the service serves.
  std::string served(const std::string& path) {
    fetchers::Settings settings;
    settings.attempts = 1;
    fetchers::Fetcher fetcher(settings,
                              {clock_, [](auto, const auto&) { return true; }, [] { return 0.5; }});
    const auto answer =
        fetcher.get({"http://127.0.0.1:" + std::to_string(port_.value_or(0)) + path, "", ""});
    return answer.bytes + " " + std::to_string(answer.http_status.value_or(0));
  }

  std::optional<std::uint16_t> port_;
  TemporaryFolder folder_;
  Configuration configuration_;
  ConfigurationReading read_again_;
  bool reload_ = false;
  std::vector<std::string> ca_files_;  ///< with which it was found out anew who is told
  KeptJournal journal_;
  KeptSupervisor supervisor_;
  int polls_ = 0;
};

}  // namespace agreementd::daemon
