#include "web/metrics.h"

#include <array>
#include <mutex>
#include <set>

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace agreementd::web {
namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Labels;
using Buckets = Histogram::BucketBoundaries;

constexpr std::array lists{List::participating, List::pending};
constexpr std::array kinds{ChangeKind::added, ChangeKind::terminated, ChangeKind::changed,
                           ChangeKind::reinstated, ChangeKind::retracted};

constexpr std::array delivery_outcomes{"delivered", "refused", "gone", "failed"};

// Seconds. A fetch has retries and pauses in it; a poll has several fetches and the fold.
const Buckets fetch_buckets{0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};
const Buckets poll_buckets{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600};

double seconds_of(Instant instant) {
  return std::chrono::duration<double>(instant.time_since_epoch()).count();
}

std::string name(auto value) { return std::string(to_string(value)); }
Labels of(List list) { return {{"list", name(list)}}; }

}  // namespace

struct Metrics::Implementation {
  using Gauges = prometheus::Family<Gauge>;
  using Counters = prometheus::Family<Counter>;

  Implementation(std::string_view version, int schema) {
    gauges("agreementd_build_info",
           "The program that runs, by its labels: version, and schema: the database's it knows.")
        .Add({{"version", std::string(version)}, {"schema", std::to_string(schema)}})
        .Set(1);
    for (std::size_t i = 0; i < outcome_count; ++i)
      fetches.Add({{"outcome", name(static_cast<Outcome>(i))}});
    put_state(source_state, {}, SourceState::waiting);
    for (const auto list : lists) {
      last_edition.Add(of(list));
      listings.Add(of(list));
      quarantined_editions.Add(of(list));
      put_state(list_state, of(list), SourceState::waiting);
      for (const auto kind : kinds) changes_of(list, kind);
    }
  }

  Gauges& gauges(const std::string& metric, const std::string& help) {
    return prometheus::BuildGauge().Name(metric).Help(help).Register(registry);
  }
  Counters& counters(const std::string& metric, const std::string& help) {
    return prometheus::BuildCounter().Name(metric).Help(help).Register(registry);
  }
  Gauge& gauge(const std::string& metric, const std::string& help) {
    return gauges(metric, help).Add({});
  }
  Histogram& histogram(const std::string& metric, const std::string& help, const Buckets& buckets) {
    return prometheus::BuildHistogram().Name(metric).Help(help).Register(registry).Add({}, buckets);
  }

  Counter& changes_of(List list, ChangeKind kind) {
    return changes.Add({{"list", name(list)}, {"kind", name(kind)}});
  }

  /// 1 for the state it is in, 0 for the others.
  static void put_state(Gauges& family, const Labels& labels, SourceState is) {
    for (std::size_t i = 0; i < source_state_count; ++i) {
      const auto state = static_cast<SourceState>(i);
      auto all = labels;
      all["state"] = name(state);
      family.Add(all).Set(is == state ? 1 : 0);
    }
  }

  mutable std::mutex mutex;
  prometheus::Registry registry;

  Counters& fetches =
      counters("agreementd_fetches_total", "Requests to the source, by what came of them.");
  Histogram& fetch_duration =
      histogram("agreementd_fetch_duration_seconds",
                "How long requests to the source took, retries and all.", fetch_buckets);
  Histogram& poll_duration = histogram(
      "agreementd_poll_duration_seconds",
      "How long polls took, from the first request to the last row written.", poll_buckets);

  Gauge& last_poll = gauge("agreementd_last_poll_timestamp_seconds",
                           "When the last poll ended, whatever came of it; 0: never.");
  Gauge& last_success = gauge("agreementd_last_success_timestamp_seconds",
                              "When the last poll that had everything ended; 0: never.");
  Gauge& next_poll = gauge("agreementd_next_poll_timestamp_seconds",
                           "When the next poll is planned for; 0: none is.");

  Gauges& source_state =
      gauges("agreementd_source_state", "1 for the state the source is in, 0 for the others.");
  Gauges& list_state =
      gauges("agreementd_list_state", "1 for the state the list is in, 0 for the others.");
  Gauges& last_edition = gauges("agreementd_last_edition_timestamp_seconds",
                                "The instant of the list's newest accepted edition; 0: none.");
  Gauges& listings = gauges("agreementd_listings", "Rows of the list's newest accepted edition.");
  Gauges& quarantined_editions =
      gauges("agreementd_quarantined_editions", "Editions of the list that wait for a person.");
  Counters& changes =
      counters("agreementd_changes_total", "Entries written to the change log, by list and kind.");

  Counters& deliveries =
      counters("agreementd_deliveries_total", "Attempts to send to a sink, by what came of them.");
  Gauges& sink_lag =
      gauges("agreementd_sink_lag_entries",
             "Entries (of an operator: notices) that are due, and the sink is not done with.");
  Gauges& sink_age = gauges("agreementd_sink_lag_seconds",
                            "For how long the oldest of them has been due; 0: none.");
  Gauges& dead_letters =
      gauges("agreementd_dead_letters", "Messages that the sink refused for good.");
  std::set<std::string> sinks = {};  ///< that have series

  Counter& database_errors =
      counters("agreementd_database_errors_total", "Operations of the database that failed.")
          .Add({});
  Gauge& database_up =
      gauge("agreementd_database_up", "1 where the database answered last, 0 where it did not.");
  Gauge& spooled_fetches =
      gauge("agreementd_spooled_fetches", "Fetches that wait in the spool for the database.");
  Gauge& spool_bytes = gauge("agreementd_spool_bytes", "Size of the spool.");
  Gauge& spool_limit =
      gauge("agreementd_spool_limit_bytes", "What the spool may hold at most (spool.size).");
  Gauge& spool_unreadable = gauge("agreementd_spool_unreadable_files",
                                  "Files of the spool that could not be read and were put aside.");
  Counter& dropped_fetches =
      counters("agreementd_dropped_fetches_total",
               "Fetches that were not kept: the database was away and the spool had no room.")
          .Add({});
  Gauge& leader = gauge("agreementd_leader", "1 where this instance polls, 0 where it stands by.");
  Gauge& open_notices = gauge("agreementd_open_notices", "Notices to the operator that are open.");
};

Metrics::Metrics(std::string_view version, int schema)
    : implementation_(std::make_unique<Implementation>(version, schema)) {}
Metrics::~Metrics() = default;

void Metrics::count_fetch(Outcome outcome, Duration took) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->fetches.Add({{"outcome", name(outcome)}}).Increment();
  implementation_->fetch_duration.Observe(took.count());
}

void Metrics::count_poll(Instant ended, Duration took, bool whole) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->poll_duration.Observe(took.count());
  implementation_->last_poll.Set(seconds_of(ended));
  if (whole) implementation_->last_success.Set(seconds_of(ended));
}

void Metrics::set_last_poll(Instant ended) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->last_poll.Set(seconds_of(ended));
}

void Metrics::set_last_success(Instant ended) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->last_success.Set(seconds_of(ended));
}

void Metrics::set_next_poll(std::optional<Instant> next) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->next_poll.Set(next ? seconds_of(*next) : 0);
}

void Metrics::set_source_state(SourceState state) {
  const std::lock_guard lock(implementation_->mutex);
  Implementation::put_state(implementation_->source_state, {}, state);
}

void Metrics::set_list_state(List list, SourceState state) {
  const std::lock_guard lock(implementation_->mutex);
  Implementation::put_state(implementation_->list_state, of(list), state);
}

void Metrics::set_last_edition(List list, Instant instant, std::size_t listings) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->last_edition.Add(of(list)).Set(seconds_of(instant));
  implementation_->listings.Add(of(list)).Set(static_cast<double>(listings));
}

void Metrics::set_quarantined_editions(List list, std::size_t count) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->quarantined_editions.Add(of(list)).Set(static_cast<double>(count));
}

void Metrics::count_changes(List list, ChangeKind kind, std::size_t count) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->changes_of(list, kind).Increment(static_cast<double>(count));
}

void Metrics::count_delivery(const std::string& sink, const std::string& outcome) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->deliveries.Add({{"sink", sink}, {"outcome", outcome}}).Increment();
}

void Metrics::set_sink(const std::string& sink, const SinkGauges& gauges) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->sinks.insert(sink);
  for (const auto* outcome : delivery_outcomes)
    implementation_->deliveries.Add({{"sink", sink}, {"outcome", outcome}});
  implementation_->sink_lag.Add({{"sink", sink}}).Set(static_cast<double>(gauges.entries));
  implementation_->sink_age.Add({{"sink", sink}}).Set(static_cast<double>(gauges.age.count()));
  implementation_->dead_letters.Add({{"sink", sink}}).Set(static_cast<double>(gauges.dead_letters));
}

void Metrics::keep_sinks(const std::set<std::string>& sinks) {
  const std::lock_guard lock(implementation_->mutex);
  const auto remove = [](auto& family, const Labels& labels) {
    family.Remove(&family.Add(labels));
  };
  std::erase_if(implementation_->sinks, [&](const std::string& sink) {
    if (sinks.contains(sink)) return false;
    for (const auto* outcome : delivery_outcomes)
      remove(implementation_->deliveries, {{"sink", sink}, {"outcome", outcome}});
    for (auto* gauges :
         {&implementation_->sink_lag, &implementation_->sink_age, &implementation_->dead_letters})
      remove(*gauges, {{"sink", sink}});
    return true;
  });
}

void Metrics::count_database_error() {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->database_errors.Increment();
}

void Metrics::set_database_up(bool up) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->database_up.Set(up ? 1 : 0);
}

void Metrics::set_spool(const SpoolGauges& spool) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->spooled_fetches.Set(static_cast<double>(spool.fetches));
  implementation_->spool_bytes.Set(static_cast<double>(spool.bytes));
  implementation_->spool_limit.Set(static_cast<double>(spool.limit));
  implementation_->spool_unreadable.Set(static_cast<double>(spool.unreadable));
}

void Metrics::count_dropped_fetches(std::size_t count) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->dropped_fetches.Increment(static_cast<double>(count));
}

void Metrics::set_leader(bool leader) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->leader.Set(leader ? 1 : 0);
}

void Metrics::set_open_notices(std::size_t count) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->open_notices.Set(static_cast<double>(count));
}

std::string Metrics::text() const {
  const std::lock_guard lock(implementation_->mutex);
  return prometheus::TextSerializer().Serialize(implementation_->registry.Collect());
}

}  // namespace agreementd::web
