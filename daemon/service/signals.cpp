#include "daemon/service/signals.h"

#include <utility>

#include <unistd.h>

namespace agreementd::daemon {
namespace {

/// Ends the thread.
constexpr int farewell = SIGUSR2;
/// Whatever cannot be interrupted (libpq connecting to hosts that do not answer) ends then, as by a
/// crash, of which nothing is lost. Seconds; systemd waits for ten.
constexpr unsigned longest_farewell = 9;

}  // namespace

Signals::Signals() {
  sigemptyset(&taken_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, farewell}) sigaddset(&taken_, signal);
  pthread_sigmask(SIG_BLOCK, &taken_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { take_signals(); });
}

Signals::~Signals() {
  pthread_kill(thread_.native_handle(), farewell);
  thread_.join();
  alarm(0);
}

void Signals::take_signals() {
  for (;;) {
    int signal = 0;
    if (sigwait(&taken_, &signal) != 0) continue;
    if (signal == farewell) return;
    {
      const std::lock_guard lock(mutex_);
      if (signal == SIGHUP)
        reload_ = true;
      else if (stop_.request_stop())
        alarm(longest_farewell);  // SIGALRM ends the process
    }
    changed_.notify_all();
  }
}

void Signals::wait_for(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, longest, [this] { return reload_ || stop_.stop_requested(); });
}

bool Signals::take_reload() {
  const std::lock_guard lock(mutex_);
  return std::exchange(reload_, false);
}

}  // namespace agreementd::daemon
