#include "daemon/progress.h"

#include <utility>

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

int percent(int done, int total) {
  return total <= 0 ? 100 : static_cast<int>(100LL * done / total);
}

}  // namespace

std::string progress_line(const std::string& what, int done, int total) {
  constexpr int width = 30;
  const int filled = percent(done, total) * width / 100;
  return fmt::format("{}  [{:#<{}}{:-<{}}] {:3} %  {}/{}", what, "", filled, "", width - filled,
                     percent(done, total), done, total);
}

Progress::Progress(Console& console, std::string what)
    : console_(console), what_(std::move(what)) {}

Progress::~Progress() {
  if (drawn_percent_ >= 0) console_.draw("\r\x1b[K");
}

void Progress::show(int done, int total) {
  if (!console_.errors_are_terminal() || percent(done, total) == drawn_percent_) return;
  drawn_percent_ = percent(done, total);
  console_.draw("\r" + progress_line(what_, done, total) + "\x1b[K");
}

}  // namespace agreementd::daemon
