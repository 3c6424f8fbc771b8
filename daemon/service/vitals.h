#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "daemon/run_once.h"
#include "web/metrics.h"
#include "web/server.h"

namespace agreementd::daemon {

/// What the service shows of itself over HTTP: whether it lives, whether it is ready, and its
/// metrics. The service sets it from its own thread; the server reads it from others.
class Vitals {
 public:
  /// `listen`: address and port, as the configuration has it; empty: nothing is served. `others`:
  /// what is served there beside it. Failure where that cannot be had.
  Vitals(const std::string& listen, std::vector<web::Route> others);

  web::Metrics& metrics() { return metrics_; }
  /// What a poll fetched, and what it wrote to the change log.
  void count(const PollReport& report);
  /// The loop that does the work goes on.
  void beat();
  /// Whether the database can be used, and in words how the service stands to it.
  void set_ready(bool ready, const std::string& words);
  /// Absent: nothing is served.
  [[nodiscard]] std::optional<std::uint16_t> port() const;

 private:
  using Time = std::chrono::steady_clock::time_point;

  [[nodiscard]] web::Health live() const;
  [[nodiscard]] web::Health ready() const;

  web::Metrics metrics_;
  std::atomic<Time> last_beat_;
  mutable std::mutex mutex_;
  web::Health ready_{false, "starting"};
  std::optional<web::Server> server_;  // last: it ends before what it reads
};

}  // namespace agreementd::daemon
