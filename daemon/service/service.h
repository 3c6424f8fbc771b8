#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "daemon/configuration/configuration.h"
#include "daemon/poll_records.h"
#include "daemon/run_once.h"
#include "daemon/service/couriers.h"
#include "daemon/service/feeds.h"
#include "daemon/service/journal.h"
#include "daemon/service/leadership.h"
#include "daemon/service/schedule.h"
#include "daemon/service/source_watch.h"
#include "daemon/service/supervisor.h"
#include "daemon/service/vitals.h"
#include "fetchers/fetcher.h"

namespace agreementd::daemon {

/// What the service has to do with beside the database and the source.
struct Surroundings {
  const Clock& clock;
  Supervisor& supervisor;
  Journal& journal;
  /// Waits so long, or until there is something to do.
  std::function<void(std::chrono::milliseconds)> wait;
  std::function<bool()> take_reload;  ///< the configuration is to be read again
  std::stop_token stop;
  std::function<ConfigurationReading()> read_again;
  std::function<double()> chance;  ///< from 0 to 1
  /// Those who are told, by the configuration's alerts.
  std::function<std::vector<Addressee>(const Configuration&)> make_addressees;
  /// One that calls `alive` while it waits for the source.
  std::function<fetchers::Fetcher(const Source& source, std::function<void()> alive)> make_fetcher;
};

/// The service: polls the source as the schedule says, alone among those that use the database (the
/// others stand by), and into the spool while the database is away.
class Service {
 public:
  /// Failure where it cannot be with this configuration: no page, no place for the spool.
  Service(Configuration configuration, Surroundings surroundings);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Until it is told to stop. Failure where the database has not our schema when it begins; from
  /// then on nothing ends it.
  void run();

  /// Where health and metrics are; absent: nowhere.
  [[nodiscard]] std::optional<std::uint16_t> port() const { return vitals_.port(); }

 private:
  void start();
  void renew_lead();
  void ask_for_lead();
  void take_over();
  void drain_spool();
  Spool::Taken take_from_spool(const Fetch& fetch, const std::string& bytes, std::size_t& recorded);
  void fold_what_waits();
  void database_failed(const std::string& why);
  void poll_if_due();
  void poll();
  void poll_into_spool();
  void ended(const PollReport& report, std::chrono::steady_clock::time_point began);
  void tell_dropped(const PollRecords& records);
  void look_at_the_source();
  void reload();
  void apply(Configuration configuration);
  fetchers::Fetcher make_fetcher(const Source& source);
  void send_couriers(std::vector<Addressee> addressees);
  void enter_sinks();
  void tell_of_outage();
  void show_status();
  void show_metrics();
  void wait();

  [[nodiscard]] Instant now() const { return surroundings_.clock.now(); }
  [[nodiscard]] Poller poller();
  void alive() {
    surroundings_.supervisor.alive();
    vitals_.beat();
  }
  void say(Level level, const std::string& text) { surroundings_.journal.write(level, text); }

  Configuration configuration_;
  Surroundings surroundings_;
  PollOptions options_;
  Spool spool_;
  Leadership leadership_;
  Feeds feeds_;
  Vitals vitals_;
  SourceWatch watch_;
  PollMemory memory_;
  std::optional<fetchers::Fetcher> fetcher_;
  Planner planner_;
  std::optional<Instant> away_since_;       ///< the database is
  std::optional<Instant> told_away_since_;  ///< operators were told of that outage
  std::optional<Instant> last_poll_;        ///< by this process
  std::int64_t run_ = 0;                    ///< polls of this process
  bool takes_over_ = false;                 ///< it leads, and has not looked at how it stands yet
  bool sinks_entered_ = false;              ///< the couriers' sinks have their places
  bool told_full_ = false;                  ///< that fetches are not kept, in this outage
  std::string spool_trouble_;               ///< told last
  std::unique_ptr<Couriers> couriers_;      // last: they end before what they use
};

}  // namespace agreementd::daemon
