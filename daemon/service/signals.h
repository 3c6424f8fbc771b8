#pragma once

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <stop_token>
#include <thread>

namespace agreementd::daemon {

/// SIGTERM and SIGINT (stop) and SIGHUP (read the configuration again), taken by a thread of its
/// own. One at a time; made before any other thread, which all inherit the blocked signals. Told to
/// stop, the process has nine seconds until SIGALRM ends it.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  [[nodiscard]] std::stop_token stop() const { return stop_.get_token(); }
  /// Waits that long, or until there is something to do. Several calls may be needed: the time is
  /// the machine's running time, not the wall clock's.
  void wait_for(std::chrono::milliseconds longest);
  /// Whether the configuration is to be read again; asked once it is not any more.
  bool take_reload();

 private:
  void take_signals();

  sigset_t taken_{};
  std::stop_source stop_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool reload_ = false;
  std::thread thread_;
};

}  // namespace agreementd::daemon
