#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "daemon/console.h"

namespace agreementd::daemon {

/// Told by what takes long: what is done now, as `Folding`, and how far it is.
/// Precondition: 0 <= done <= total.
using ShowProgress = std::function<void(std::string_view what, int done, int total)>;
inline void no_progress(std::string_view /*what*/, int /*done*/, int /*total*/) {}

/// A progress bar on the terminal of the errors; nothing where that is no terminal. Gone at the
/// end.
class Progress {
 public:
  /// The console must outlive it.
  explicit Progress(Console& console) : console_(console) {}
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Draws where another thing or more than before can be seen.
  void show(std::string_view what, int done, int total);
  /// The same as a function, which must not outlive this.
  ShowProgress shown() {
    return [this](std::string_view what, int done, int total) { show(what, done, total); };
  }

 private:
  Console& console_;
  std::string what_;
  int drawn_percent_ = -1;
};

/// `Reading lists  [#####-----]  50 %  12/24`, without a line end.
std::string progress_line(std::string_view what, int done, int total);

}  // namespace agreementd::daemon
