#include "storage/guard.h"

#include <algorithm>

#include <sys/socket.h>

namespace agreementd::storage {

using std::chrono::steady_clock;

Guard::Guard(const Patience& patience)
    : patience_(patience), thread_([this](const std::stop_token& stop) { run(stop); }) {
  on_stop_.emplace(patience_.stop, [this] {
    const std::lock_guard lock(mutex_);
    told_to_stop_ = steady_clock::now();
    changed_.notify_all();
  });
}

/// When what is watched is given up; nothing: nothing is watched.
std::optional<Guard::Time> Guard::due() const {
  if (socket_ < 0) return std::nullopt;
  const auto due = since_ + patience_.longest;
  return told_to_stop_ ? std::min(due, *told_to_stop_ + patience_.farewell) : due;
}

bool Guard::looks_too_late() const {
  const auto wanted = due();
  return wanted && *wanted < looks_at_;
}

void Guard::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto until = due();
    if (until && steady_clock::now() >= *until) {
      shutdown(socket_, SHUT_RDWR);
      socket_ = -1;
      continue;
    }
    looks_at_ = until.value_or(Time::max());
    if (until)
      changed_.wait_until(lock, stop, *until, [this] { return looks_too_late(); });
    else
      changed_.wait(lock, stop, [this] { return looks_too_late(); });
  }
}

Guard::Watch::Watch(Guard* guard, int socket) : guard_(guard) {
  if (guard_ == nullptr) return;
  const std::lock_guard lock(guard_->mutex_);
  guard_->socket_ = socket;
  guard_->since_ = steady_clock::now();
  if (guard_->looks_too_late()) guard_->changed_.notify_all();
}

Guard::Watch::~Watch() {
  if (guard_ == nullptr) return;
  const std::lock_guard lock(guard_->mutex_);
  guard_->socket_ = -1;
}

}  // namespace agreementd::storage
