#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "web/socket.h"

namespace agreementd::web {

/// Threads that do one thing until told to stop, which the destructor does. Signals are not theirs.
class Workers {
 public:
  Workers();
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Runs `work` on so many threads. It must return soon after `stop()` becomes readable, and must
  /// not throw.
  void start(std::size_t count, const std::function<void()>& work);

  /// A descriptor to poll: readable (for all, for ever) from when all is to end.
  [[nodiscard]] int stop() const { return stop_.number(); }

 private:
  Descriptor stop_;
  std::vector<std::jthread> threads_;
};

}  // namespace agreementd::web
