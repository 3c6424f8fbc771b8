#include "daemon/service/couriers.h"

#include <algorithm>
#include <deque>
#include <exception>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "alerts/senders.h"
#include "daemon/configuration/alert_sinks.h"
#include "fetchers/fetcher.h"
#include "model/result.h"
#include "storage/sinks.h"

namespace agreementd::daemon {
using namespace std::chrono_literals;

namespace {

/// Enough for what goes on at once: while it sends, and while it rests, none has one. One more is
/// for what may have to wait for other writers.
constexpr std::size_t most_connections = 7;

}  // namespace

/// One courier's rounds, in a thread of its own.
class Couriers::Round {
 public:
  Round(storage::Pool& database, storage::Pool& writing, Addressee addressee, const Clock& clock,
        std::function<double()> chance, Journal& journal, web::Metrics& metrics,
        std::chrono::milliseconds longest_wait)
      : database_(database),
        writing_(writing),
        longest_wait_(longest_wait),
        addressee_(std::move(addressee)),
        clock_(clock),
        journal_(journal),
        metrics_(metrics),
        courier_(addressee_.sink, *addressee_.sender, clock, std::move(chance)),
        thread_([this](const std::stop_token& stop) { run(stop); }) {
    metrics_.set_sink(name(), {});
  }

  [[nodiscard]] const std::string& name() const { return addressee_.sink.name; }
  void request_stop() { thread_.request_stop(); }
  void enter(storage::Store& store) {
    const auto state =
        storage::register_sink(store, name(), addressee_.sink.tells, addressee_.destination);
    const std::lock_guard lock(mutex_);
    term_ = state.term;
    woken_ = true;
    changed_.notify_all();
  }
  void lead(bool leads) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(leads_, leads) == leads) return;
    woken_ = woken_ || leads;
    changed_.notify_all();
  }
  void wake() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }
  void tell_at_once(const alerts::NoticeMessage& message) {
    if (addressee_.sink.tells != storage::Tells::notices) return;
    const std::lock_guard lock(mutex_);
    if (urgent_.size() < most_urgent) urgent_.push_back(message);
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t most_urgent = 16;

  void run(const std::stop_token& stop) {
    try {
      while (!stop.stop_requested()) {
        tell_what_is_urgent(stop);
        wait(stop, go(stop));
      }
    } catch (const fetchers::Cancelled&) {
    }
  }

  /// As far as there is something to do; answers how long there is nothing.
  std::chrono::milliseconds go(const std::stop_token& stop) {
    const auto term = current_term();
    if (!term) return longest_wait_;
    try {
      if (std::exchange(served_, term) != term) courier_.serve(*term);
      return take_step(stop);
    } catch (const fetchers::Cancelled&) {
      throw;
    } catch (const std::exception& error) {
      // Of the database, and whatever else: the other sinks, and the polling, go on.
      if (stop.stop_requested()) return 0ms;
      if (std::exchange(trouble_, error.what()) != error.what())
        journal_.write(Level::warning,
                       fmt::format("alert {}: {}: it is tried again", name(), error.what()),
                       {{"SINK", name()}});
      // A connection that served well and is lost while it rested is replaced at once.
      return std::exchange(went_well_, false) ? 0ms : longest_wait_;
    }
  }

  std::chrono::milliseconds take_step(const std::stop_token& stop) {
    const auto step = courier_.step(database_, writing_, stop);
    went_well_ = true;
    trouble_.clear();
    report(step);
    if (!step.more || std::chrono::steady_clock::now() - measured_at_ > 1s) measure();
    if (step.more) return 0ms;
    if (!step.again_at) return longest_wait_;
    const auto due = std::chrono::ceil<std::chrono::milliseconds>(*step.again_at - clock_.now());
    return std::clamp(due, std::chrono::milliseconds{1}, longest_wait_);
  }

  void report(const alerts::Step& step) {
    if (step.outcome.empty()) return;
    metrics_.count_delivery(name(), step.outcome);
    const bool delivered = step.outcome == "delivered";
    journal_.write(delivered ? Level::debug : Level::warning,
                   delivered ? fmt::format("alert {}: {} entries delivered", name(), step.entries)
                             : fmt::format("alert {}: {}: {}", name(), step.outcome, step.detail),
                   {{"SINK", name()}, {"OUTCOME", step.outcome}});
  }

  void measure() {
    measured_at_ = std::chrono::steady_clock::now();
    const auto now = clock_.now();
    const auto& sink = addressee_.sink;
    const auto lag = storage::sink_lag(*database_.take(), name(), due_until(sink, now));
    web::SinkGauges gauges;
    gauges.entries = static_cast<std::size_t>(lag.entries);
    if (lag.oldest)
      gauges.age =
          std::max(0s, std::chrono::floor<std::chrono::seconds>(now - due_at(sink, *lag.oldest)));
    gauges.dead_letters = static_cast<std::size_t>(lag.refused);
    metrics_.set_sink(name(), gauges);
  }

  /// What fails is tried again, as all that is told.
  void tell_what_is_urgent(const std::stop_token& stop) {
    for (auto message = next_urgent(); message; message = next_urgent()) {
      const auto sent = addressee_.sender->send(*message, stop);
      const std::string outcome(to_string(sent.delivery));
      metrics_.count_delivery(name(), outcome);
      if (sent.delivery != fetchers::Delivery::delivered)
        journal_.write(Level::warning,
                       fmt::format("alert {}: {}: {}", name(), outcome, sent.detail),
                       {{"SINK", name()}, {"OUTCOME", outcome}});
      tried_urgent(sent);
    }
  }

  std::optional<alerts::NoticeMessage> next_urgent() {
    const std::lock_guard lock(mutex_);
    return is_urgent() ? std::optional(urgent_.front()) : std::nullopt;
  }
  void tried_urgent(const alerts::Sent& sent) {
    const std::lock_guard lock(mutex_);
    if (sent.delivery != fetchers::Delivery::failed) {
      urgent_.pop_front();
      urgent_failures_ = 0;
    } else {
      ++urgent_failures_;
      urgent_again_at_ = clock_.now() + alerts::pause_after(urgent_failures_, sent.retry_after, 0);
    }
  }
  /// Under the lock.
  [[nodiscard]] bool is_urgent() const {
    return !urgent_.empty() && (urgent_failures_ == 0 || clock_.now() >= urgent_again_at_);
  }

  /// In which it sends; nothing: it does not.
  std::optional<std::int64_t> current_term() {
    const std::lock_guard lock(mutex_);
    return leads_ ? term_ : std::nullopt;
  }

  void wait(const std::stop_token& stop, std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, longest, [&] { return woken_ || is_urgent(); });
    woken_ = false;
  }

  storage::Pool& database_;
  storage::Pool& writing_;  // whoever waits for other writers has the one of it
  // So often it is looked whether there is something that nobody told it of, or the database is
  // back.
  std::chrono::milliseconds longest_wait_;
  Addressee addressee_;
  const Clock& clock_;
  Journal& journal_;
  web::Metrics& metrics_;
  alerts::Courier courier_;
  std::optional<std::int64_t> served_;  // the courier was told
  std::string trouble_;
  bool went_well_ = false;
  std::chrono::steady_clock::time_point measured_at_;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool leads_ = false;
  std::optional<std::int64_t> term_;
  bool woken_ = false;
  std::deque<alerts::NoticeMessage> urgent_;
  int urgent_failures_ = 0;
  Instant urgent_again_at_;

  std::jthread thread_;  // last: it ends before what it uses
};

Couriers::Couriers(std::string database, std::vector<Addressee> addressees, const Clock& clock,
                   const std::function<double()>& chance, Journal& journal, web::Metrics& metrics,
                   std::chrono::milliseconds longest_wait)
    : pool_(database, storage::Patience{.stop = stop_.get_token()}, most_connections),
      writing_(database, storage::Patience{.stop = stop_.get_token()}, 1) {
  std::set<std::string> names;
  for (const auto& addressee : addressees) names.insert(addressee.sink.name);
  metrics.keep_sinks(names);
  for (auto& addressee : addressees)
    rounds_.push_back(std::make_unique<Round>(pool_, writing_, std::move(addressee), clock, chance,
                                              journal, metrics, longest_wait));
  if (!rounds_.empty())
    ear_ = std::make_unique<Ear>(std::move(database), journal, [this] { wake(); });
}

Couriers::~Couriers() {
  // All at once, and not one after the other.
  if (ear_) ear_->request_stop();
  for (auto& round : rounds_) round->request_stop();
  stop_.request_stop();
}

void Couriers::enter(storage::Store& store, Instant now) {
  std::vector<std::string> names;
  for (const auto& round : rounds_) {
    round->enter(store);
    names.push_back(round->name());
  }
  storage::retire_other_sinks(store, names, now);
}

void Couriers::lead(bool leads) {
  if (ear_) ear_->lead(leads);
  for (auto& round : rounds_) round->lead(leads);
}

void Couriers::wake() {
  for (auto& round : rounds_) round->wake();
}

void Couriers::tell_operators(const Notice& notice, Instant opened_at,
                              std::optional<Instant> closed_at) {
  for (auto& round : rounds_) round->tell_at_once({notice, opened_at, closed_at});
}

std::vector<Addressee> addressees_of(const Configuration& configuration, const Clock& clock) {
  std::vector<Addressee> addressees;
  for (const auto& alert : configuration.alerts) {
    try {
      addressees.push_back(
          {sink_of(alert), destination_of(alert), sender_of(alert, configuration.source, clock)});
    } catch (const Failure& failure) {
      // It is behind from now on, and says why; the others are told.
      addressees.push_back({sink_of(alert), {}, alerts::no_sender(failure.what()), failure.what()});
    }
  }
  return addressees;
}

}  // namespace agreementd::daemon
