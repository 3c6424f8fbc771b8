#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "model/clock.h"

namespace agreementd::daemon {

/// Who started the service and watches over it. Where nobody does, nothing is told.
class Supervisor {
 public:
  Supervisor() = default;
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;
  virtual ~Supervisor() = default;
  virtual void ready() = 0;
  virtual void reloading() = 0;  ///< `ready` ends it
  virtual void stopping() = 0;
  /// One line for `systemctl status`.
  virtual void status(const std::string& text) = 0;
  /// The loop that does the work goes on.
  virtual void alive() = 0;
};

/// systemd, by sd_notify(3). `alive` is passed on at most four times in a watchdog's time.
class Systemd final : public Supervisor {
 public:
  Systemd();
  void ready() override;
  void reloading() override;
  void stopping() override;
  void status(const std::string& text) override;
  void alive() override;

 private:
  std::optional<std::chrono::microseconds> between_;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace agreementd::daemon
