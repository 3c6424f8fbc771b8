#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "storage/store.h"

namespace agreementd::storage {

/// Gives up what waits for the database too long: it shuts the connection's socket (shutdown(2)),
/// and whoever waits finds the connection lost. libpq has no limit of its own for an answer, and
/// none of PostgreSQL's helps where the server itself hangs.
class Guard {
 public:
  explicit Guard(const Patience& patience);

  /// While it lives the socket is watched. One at a time.
  class Watch {
   public:
    Watch(Guard* guard, int socket);  ///< nullptr: nobody watches
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Guard* guard_;
  };

 private:
  using Time = std::chrono::steady_clock::time_point;

  void run(const std::stop_token& stop);
  [[nodiscard]] std::optional<Time> due() const;
  [[nodiscard]] bool looks_too_late() const;

  Patience patience_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  int socket_ = -1;  // -1: nothing is watched
  Time since_;
  std::optional<Time> told_to_stop_;
  // When the thread looks next. It is woken only where that is too late: not twice a question.
  Time looks_at_ = Time::max();
  std::jthread thread_;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace agreementd::storage
