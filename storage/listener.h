#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

/// Being told when something is committed, rather than looking again and again (NOTIFY).
namespace agreementd::storage {

class Transaction;

/// What was committed meanwhile.
struct Heard {
  std::optional<std::int64_t> seq;  ///< of the last entry of the log; absent: none was recorded
  bool for_sinks = false;           ///< a notice began or ended, or a replay was asked for

  [[nodiscard]] bool anything() const { return seq || for_sinks; }
};

/// A connection of its own that does nothing but hear what others commit. One thread.
class Listener {
 public:
  /// Connects; what is committed from then on is heard. Failure where it cannot. When `stop` is
  /// requested the connection is lost at once.
  Listener(const std::string& uri, std::stop_token stop);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Waits until there is something, at most so long (a minute or less); it may be over sooner and
  /// nothing was heard. Failure (database_unreachable) where the connection is lost. Anybody who
  /// may log in can have it hear what is not so: it is a reason to look, and no more.
  Heard await(std::chrono::milliseconds longest);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// With the commit, who listens hears that there is something for sinks beside the log.
void tell_sinks(Transaction& transaction);

}  // namespace agreementd::storage
