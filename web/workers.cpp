#include "web/workers.h"

#include <cerrno>
#include <csignal>
#include <system_error>

#include <sys/eventfd.h>

namespace agreementd::web {
namespace {

/// While it lives this thread takes no signal, and threads it starts never will.
class NoSignals {
 public:
  NoSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~NoSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Workers::Workers() : stop_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!stop_.is_open()) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Workers::~Workers() {
  eventfd_write(stop_.number(), 1);
  threads_.clear();  // joins
}

void Workers::start(std::size_t count, const std::function<void()>& work) {
  const NoSignals no_signals;
  threads_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) threads_.emplace_back(work);
}

}  // namespace agreementd::web
