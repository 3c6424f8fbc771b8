#include "daemon/service/ear.h"

#include <exception>
#include <utility>

#include <fmt/format.h>

#include "storage/listener.h"

namespace agreementd::daemon {
namespace {

/// Listening is begun again so long after it failed, and ended so soon after the lead is lost.
constexpr auto pause = std::chrono::seconds{5};

}  // namespace

Ear::Ear(std::string database, Journal& journal, std::function<void()> wake)
    : database_(std::move(database)),
      journal_(journal),
      wake_(std::move(wake)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Ear::lead(bool leads) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(leads_, leads) != leads) changed_.notify_all();
}

void Ear::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const bool led = is_leading();
    if (led) listen(stop);
    wait(stop, led);
  }
}

/// As long as it goes well.
void Ear::listen(const std::stop_token& stop) {
  try {
    storage::Listener listener(database_, stop);
    told_ = false;
    wake_();  // for what was recorded before
    while (is_leading())
      if (listener.await(pause).anything()) wake_();
  } catch (const std::exception& error) {
    tell(stop, error.what());
  }
}

void Ear::tell(const std::stop_token& stop, const std::string& what) {
  if (stop.stop_requested() || std::exchange(told_, true)) return;
  journal_.write(Level::warning,
                 fmt::format("alerts: {}: until it is heard again, what agreementctl records is "
                             "sent some seconds later",
                             what));
}

bool Ear::is_leading() {
  const std::lock_guard lock(mutex_);
  return leads_;
}

/// Until that it leads, or not, changed.
void Ear::wait(const std::stop_token& stop, bool led) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, pause, [&] { return leads_ != led; });
}

}  // namespace agreementd::daemon
