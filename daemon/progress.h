#pragma once

#include <string>

#include "daemon/console.h"

namespace agreementd::daemon {

/// A progress bar on the terminal of the errors; nothing where that is no terminal. Gone at the
/// end.
class Progress {
 public:
  /// `what`: what is done, as `Reading lists`. The console must outlive it.
  Progress(Console& console, std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Draws where more than before can be seen. Precondition: 0 <= done <= total.
  void show(int done, int total);

 private:
  Console& console_;
  std::string what_;
  int drawn_percent_ = -1;
};

/// `Reading lists  [#####-----]  50 %  12/24`, without a line end.
std::string progress_line(const std::string& what, int done, int total);

}  // namespace agreementd::daemon
