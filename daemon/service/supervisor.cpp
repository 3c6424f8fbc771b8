#include "daemon/service/supervisor.h"

#include <cstdint>
#include <ctime>

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include "daemon/terminal_text.h"

namespace agreementd::daemon {

using std::chrono::steady_clock;

Systemd::Systemd() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) > 0)
    between_ = std::chrono::microseconds{microseconds / 4};
}

void Systemd::ready() { sd_notify(0, "READY=1"); }

// Type=notify-reload would do it by itself: systemd 253 and newer.
void Systemd::reloading() {
  const auto now =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now().time_since_epoch());
  sd_notify(0, fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now.count()).c_str());
}

void Systemd::stopping() { sd_notify(0, "STOPPING=1"); }

void Systemd::status(const std::string& text) {
  sd_notify(0, ("STATUS=" + printable(text)).c_str());
}

void Systemd::alive() {
  const auto now = steady_clock::now();
  if (!between_ || now - last_ < *between_) return;
  last_ = now;
  sd_notify(0, "WATCHDOG=1");
}

}  // namespace agreementd::daemon
