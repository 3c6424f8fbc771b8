#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "alerts/courier.h"
#include "daemon/configuration/configuration.h"
#include "daemon/service/ear.h"
#include "daemon/service/journal.h"
#include "model/clock.h"
#include "storage/pool.h"
#include "web/metrics.h"

namespace agreementd::daemon {

/// Somebody to tell, and the way there.
struct Addressee {
  alerts::Sink sink;
  Sha256 destination;
  std::unique_ptr<alerts::Sender> sender;
  std::string trouble =
      {};  ///< why nothing can be sent: its secret is missing or wrong; empty: it can
};

/// The couriers of all sinks, each with a thread of its own: the trouble of one delays no other.
/// They share a few database connections, however many they are. They work while this instance
/// leads, once they were entered. What whoever else records they hear of at once, over one
/// connection more.
class Couriers {
 public:
  /// All but the addressees must outlive it; `journal` and `metrics` are used from several threads.
  /// `database`: as libpq takes it. `longest_wait`: so often they look, though they hear of
  /// nothing.
  Couriers(std::string database, std::vector<Addressee> addressees, const Clock& clock,
           const std::function<double()>& chance, Journal& journal, web::Metrics& metrics,
           std::chrono::milliseconds longest_wait = std::chrono::seconds{5});
  /// What is under way is cut off, and sent again by the next.
  ~Couriers();
  Couriers(const Couriers&) = delete;
  Couriers& operator=(const Couriers&) = delete;

  /// To be called whenever the lead was taken, by the connection that has it: they take over from
  /// whoever sent before. All of them have a place in what they are told then: whatever is recorded
  /// from now on they hear of.
  /// Notices about sinks that are no more are closed. Failure where the database fails.
  void enter(storage::Store& store, Instant now);
  /// Whether this instance leads.
  void lead(bool leads);
  /// Something was recorded, or may have been.
  void wake();
  /// Tells operators without the database, which is away: as a notice that begins, or ends. Kept
  /// by this instance alone, until it arrives.
  void tell_operators(const Notice& notice, Instant opened_at, std::optional<Instant> closed_at);

 private:
  class Round;
  std::stop_source stop_;
  storage::Pool pool_;
  storage::Pool writing_;
  std::vector<std::unique_ptr<Round>> rounds_;
  std::unique_ptr<Ear> ear_;  // last: it wakes them; none: there is nobody to wake
};

/// One for each alert of the configuration. What cannot be sent to one for want of its secret
/// fails, and is tried again.
std::vector<Addressee> addressees_of(const Configuration& configuration, const Clock& clock);

}  // namespace agreementd::daemon
