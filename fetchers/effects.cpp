#include <condition_variable>
#include <mutex>
#include <random>

#include "fetchers/fetcher.h"

namespace agreementd::fetchers {
namespace {

bool wait(std::chrono::milliseconds pause, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait_for(lock, stop, pause, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

Effects real_effects(const Clock& clock) {
  return {clock, wait, [engine = std::mt19937_64(std::random_device()())]() mutable {
            return std::generate_canonical<double, 53>(engine);
          }};
}

}  // namespace agreementd::fetchers
