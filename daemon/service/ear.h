#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "daemon/service/journal.h"

namespace agreementd::daemon {

/// Hears what is recorded by whomever, in a thread and over a connection of its own, and has those
/// look who are to tell of it. Without it they look all the same, every few seconds.
class Ear {
 public:
  /// `database`: as libpq takes it. `journal` must outlive it; `wake` is called from its thread.
  Ear(std::string database, Journal& journal, std::function<void()> wake);

  void request_stop() { thread_.request_stop(); }
  /// Whether this instance leads: else it does not listen.
  void lead(bool leads);

 private:
  void run(const std::stop_token& stop);
  void listen(const std::stop_token& stop);
  void tell(const std::stop_token& stop, const std::string& what);
  bool is_leading();
  void wait(const std::stop_token& stop, bool led);

  std::string database_;
  Journal& journal_;
  std::function<void()> wake_;
  bool told_ = false;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool leads_ = false;

  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace agreementd::daemon
