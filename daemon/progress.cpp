#include "daemon/progress.h"

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

int percent(int done, int total) {
  return total <= 0 ? 100 : static_cast<int>(100LL * done / total);
}

}  // namespace

std::string progress_line(std::string_view what, int done, int total) {
  constexpr int width = 30;
  const int filled = percent(done, total) * width / 100;
  return fmt::format("{}  [{:#<{}}{:-<{}}] {:3} %  {}/{}", what, "", filled, "", width - filled,
                     percent(done, total), done, total);
}

Progress::~Progress() {
  if (drawn_percent_ >= 0) console_.draw("\r\x1b[K");
}

void Progress::show(std::string_view what, int done, int total) {
  if (!console_.errors_are_terminal()) return;
  if (what == what_ && percent(done, total) == drawn_percent_) return;
  what_ = what;
  drawn_percent_ = percent(done, total);
  console_.draw("\r" + progress_line(what_, done, total) + "\x1b[K");
}

}  // namespace agreementd::daemon
