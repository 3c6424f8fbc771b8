#include "daemon/service/service.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "daemon/configuration/configuration_keys.h"
#include "daemon/configuration/database_uri.h"
#include "daemon/poll_options.h"
#include "daemon/service/report_journal.h"
#include "model/result.h"
#include "storage/refused.h"

namespace agreementd::daemon {
namespace {

using namespace std::chrono_literals;

/// How long it does nothing at most: so soon it sees that the wall clock jumped, that the database
/// is back or gone, that the one that led is dead.
constexpr auto longest_wait = 5s;

Schedule schedule_of(const Source& source) { return {source.every, source.retry}; }

/// Where systemd has the service keep what is its own, or where it would.
std::string state_folder() {
  const char* folder = std::getenv("STATE_DIRECTORY");
  return folder != nullptr ? folder : "/var/lib/agreementd";
}

std::string spool_folder(const SpoolSettings& settings) {
  return settings.folder.empty() ? state_folder() + "/spool" : settings.folder;
}

/// `1 file`, `3 files`.
std::string counted(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string second_of(Instant instant) {
  return to_string(Instant{std::chrono::floor<std::chrono::seconds>(instant)});
}

std::string database_of(const Configuration& configuration) {
  if (configuration.database.empty())
    throw Failure(
        "no database: set database in the configuration, as in database = "
        "\"postgresql:///agreementd\"",
        ExitStatus::usage);
  return with_limits(choose_database({"", "", configuration.database}));
}

}  // namespace

Service::Service(Configuration configuration, Surroundings surroundings)
    : configuration_(std::move(configuration)),
      surroundings_(std::move(surroundings)),
      options_(poll_options("", configuration_)),
      spool_(spool_folder(configuration_.spool), configuration_.spool.size),
      leadership_(database_of(configuration_), spool_folder(configuration_.spool) + "/leader",
                  {.stop = surroundings_.stop}, surroundings_.journal),
      feeds_(database_of(configuration_), configuration_.http.public_url, surroundings_.stop),
      vitals_(configuration_.http.listen, feeds_.routes()),
      watch_(surroundings_.journal, vitals_.metrics()),
      planner_(schedule_of(configuration_.source), std::nullopt, now()) {
  send_couriers(surroundings_.make_addressees(configuration_));
  fetcher_.emplace(make_fetcher(configuration_.source));
}

Service::~Service() = default;

fetchers::Fetcher Service::make_fetcher(const Source& source) {
  return surroundings_.make_fetcher(source, [this] { alive(); });
}

void Service::send_couriers(std::vector<Addressee> addressees) {
  for (const auto& each : addressees)
    if (!each.trouble.empty())
      say(Level::error, each.trouble + ": nothing is sent to it until that is mended");
  couriers_.reset();  // who went before them is back before they go
  couriers_ = std::make_unique<Couriers>(database_of(configuration_), std::move(addressees),
                                         surroundings_.clock, surroundings_.chance,
                                         surroundings_.journal, vitals_.metrics());
  sinks_entered_ = false;
}

/// Or it fails, and all is as it was.
void Service::apply(Configuration configuration) {
  auto options = poll_options("", configuration);
  const bool other_ways = configuration.alerts != configuration_.alerts ||
                          configuration.source.ca_file != configuration_.source.ca_file;
  if (couriers_ == nullptr || other_ways)
    send_couriers(surroundings_.make_addressees(configuration));
  options_ = std::move(options);
  configuration_ = std::move(configuration);
  fetcher_.emplace(make_fetcher(configuration_.source));
}

Poller Service::poller() {
  return {*fetcher_, options_, surroundings_.clock, surroundings_.stop,
          [this](std::string_view, int, int) { alive(); }};
}

void Service::run() {
  say(Level::info, fmt::format("agreementd " AGREEMENTD_VERSION " polls {} every {}", options_.page,
                               duration_text(configuration_.source.every)));
  start();
  show_status();
  surroundings_.supervisor.ready();
  // What may have to wait for others comes after that.
  while (!surroundings_.stop.stop_requested()) {
    if (surroundings_.take_reload()) reload();
    renew_lead();
    show_status();
    try {
      poll_if_due();
    } catch (const fetchers::Cancelled&) {
      break;
    }
    show_status();
    wait();
  }
  surroundings_.supervisor.stopping();
  say(Level::info, "stopped");
}

/// A database that is away may come back; one that is not ours will not become it.
void Service::start() {
  try {
    takes_over_ = leadership_.renew();
  } catch (const Failure& failure) {
    if (failure.status() != ExitStatus::database_unreachable && leadership_.role() == Role::away)
      throw;
    database_failed(failure.what());
  }
}

void Service::renew_lead() {
  try {
    ask_for_lead();
  } catch (const Failure& failure) {
    database_failed(failure.what());
  }
}

/// The database is there: whoever leads from now on, what was fetched while it was away belongs
/// into it.
void Service::ask_for_lead() {
  takes_over_ = leadership_.renew() || takes_over_;
  away_since_.reset();
  tell_of_outage();
  enter_sinks();
  drain_spool();
  if (takes_over_) take_over();
  takes_over_ = false;
}

/// Before anything is recorded that they ought to hear of.
void Service::enter_sinks() {
  if (couriers_ == nullptr || leadership_.role() != Role::leader) return;
  if (sinks_entered_ && !takes_over_) return;
  couriers_->enter(leadership_.store(), now());
  sinks_entered_ = true;
}

void Service::database_failed(const std::string& why) {
  if (surroundings_.stop.stop_requested()) return;  // it is not the database's
  vitals_.metrics().count_database_error();
  leadership_.lost(why);
  if (!away_since_) away_since_ = now();
}

/// The database they would be kept in is what is away: operators are told of it at once, but for an
/// outage that ends within a minute.
void Service::tell_of_outage() {
  constexpr auto while_nobody_need_know = 1min;
  // Whoever stands by leaves that to the last leader.
  if (couriers_ == nullptr || (away_since_ && !leadership_.polls())) return;
  const Notice notice{"database away", "database",
                      "the database is away: what is fetched waits in the spool: bring it back"};
  if (away_since_ && !told_away_since_ && now() - *away_since_ >= while_nobody_need_know) {
    told_away_since_ = away_since_;
    couriers_->tell_operators(notice, *told_away_since_, std::nullopt);
  } else if (!away_since_ && told_away_since_) {
    couriers_->tell_operators(notice, *std::exchange(told_away_since_, std::nullopt), now());
  }
}

void Service::take_over() {
  const auto record = storage::source_record(leadership_.store(), options_.page);
  // Another one may have polled since; else what this one knows of its failures counts.
  if (!last_poll_ || record.last_poll > last_poll_)
    planner_ = Planner(schedule_of(configuration_.source), record.last_poll, now());
  if (record.last_poll) vitals_.metrics().set_last_poll(*record.last_poll);
  if (record.last_success) vitals_.metrics().set_last_success(*record.last_success);
  say(Level::info, fmt::format("leads; next poll {}", second_of(planner_.next())));
  look_at_the_source();
}

/// By the same path as what a poll fetches, at the times at which it was fetched.
void Service::drain_spool() {
  told_full_ = false;
  if (!spool_.holds_anything()) return;
  std::size_t recorded = 0;
  try {
    const auto bad = spool_.drain([&](const Fetch& fetch, const std::string& bytes) {
      return take_from_spool(fetch, bytes, recorded);
    });
    spool_trouble_.clear();
    if (bad > 0)
      say(Level::error,
          fmt::format("{} of the spool cannot be recorded: see *.bad in {}",
                      counted(bad, "file", "files"), spool_folder(configuration_.spool)));
  } catch (const SpoolFailure& failure) {
    // No trouble of the database.
    if (std::exchange(spool_trouble_, failure.what()) != failure.what())
      say(Level::error, failure.what());
  }
  if (recorded > 0)
    say(Level::info,
        fmt::format("{} of the outage {} in the database", counted(recorded, "fetch", "fetches"),
                    recorded == 1 ? "is" : "are"));
}

/// What is news is folded before the next: so each is judged by what was known when it came.
Spool::Taken Service::take_from_spool(const Fetch& fetch, const std::string& bytes,
                                      std::size_t& recorded) {
  if (surroundings_.stop.stop_requested()) return Spool::Taken::not_now;
  alive();
  auto& store = leadership_.store();
  if (store.has_poll(fetch)) return Spool::Taken::recorded;
  try {
    const auto added = store.add_poll(fetch, bytes);
    ++recorded;
    if (added.news) fold_what_waits();
    return Spool::Taken::recorded;
  } catch (const storage::RefusedData& refusal) {
    say(Level::error, refusal.what());
    return Spool::Taken::refused;
  }
}

void Service::fold_what_waits() {
  const auto report = fold_waiting(leadership_.store(), poller());
  if (couriers_) couriers_->wake();
  vitals_.count(report);
  write_report(surroundings_.journal, report, run_);
}

void Service::poll_if_due() {
  if (!planner_.is_due(now())) return;
  if (leadership_.role() == Role::leader)
    poll();
  else if (leadership_.polls())
    poll_into_spool();
}

void Service::poll() {
  ++run_;
  const auto began = std::chrono::steady_clock::now();
  try {
    PollRecords records(&leadership_.store(), memory_, spool_);
    const auto report = run_once(leadership_.store(), records, poller());
    if (couriers_) couriers_->wake();
    ended(report, began);
    tell_dropped(records);
    if (report.kept_in_spool)
      database_failed(records.trouble());
    else
      look_at_the_source();
  } catch (const Failure& failure) {
    // Nothing that was fetched is lost: it is stored, or in the spool.
    planner_.polled(now(), true, std::nullopt, surroundings_.chance());
    database_failed(failure.what());
  }
}

void Service::poll_into_spool() {
  ++run_;
  const auto began = std::chrono::steady_clock::now();
  try {
    PollRecords records(nullptr, memory_, spool_);
    ended(run_without_database(records, poller()), began);
    tell_dropped(records);
  } catch (const Failure& failure) {
    planner_.polled(now(), true, std::nullopt, surroundings_.chance());
    say(Level::error, failure.what());
  }
}

void Service::ended(const PollReport& report, std::chrono::steady_clock::time_point began) {
  const bool failed = !report.failures.empty();
  last_poll_ = now();
  vitals_.metrics().count_poll(now(), std::chrono::steady_clock::now() - began, !failed);
  vitals_.count(report);
  planner_.polled(now(), failed, report.again_after, surroundings_.chance());
  if (report.again_after && *report.again_after > configuration_.source.every)
    say(Level::warning,
        fmt::format("the source asks to be left alone: next poll {}", second_of(planner_.next())));
  write_report(surroundings_.journal, report, run_);
}

/// Once in an outage: the metrics say how it goes on.
void Service::tell_dropped(const PollRecords& records) {
  if (records.dropped() == 0) return;
  vitals_.metrics().count_dropped_fetches(static_cast<std::size_t>(records.dropped()));
  if (std::exchange(told_full_, true)) return;
  say(Level::error, "what is fetched from now on is not kept: " + spool_.trouble());
}

void Service::look_at_the_source() {
  watch_.look(leadership_.store(), options_.page, configuration_.source, now());
}

/// A bad configuration is told, and the old one stays.
void Service::reload() {
  surroundings_.supervisor.reloading();
  try {
    auto reading = surroundings_.read_again();
    for (const auto& problem : reading.problems) say(Level::error, problem);
    if (reading.problems.empty()) {
      const bool moved =
          reading.configuration.database != configuration_.database ||
          reading.configuration.http != configuration_.http ||
          spool_folder(reading.configuration.spool) != spool_folder(configuration_.spool);
      if (moved) say(Level::warning, "another database, spool or address counts after a restart");
      reading.configuration.database = configuration_.database;
      reading.configuration.spool = configuration_.spool;
      reading.configuration.http = configuration_.http;
      apply(std::move(reading.configuration));
      planner_.change(schedule_of(configuration_.source), now());
      say(Level::info, "the configuration was read again");
    } else {
      say(Level::error, "the configuration stays as it was");
    }
  } catch (const Failure& failure) {
    say(Level::error, fmt::format("{}: the configuration stays as it was", failure.what()));
  }
  surroundings_.supervisor.ready();
}

void Service::show_metrics() {
  const auto role = leadership_.role();
  tell_of_outage();
  if (couriers_) {
    couriers_->lead(role == Role::leader);
  }
  auto& metrics = vitals_.metrics();
  metrics.set_leader(role == Role::leader);
  metrics.set_database_up(role != Role::away);
  metrics.set_next_poll(leadership_.polls() ? std::optional(planner_.next()) : std::nullopt);
  metrics.set_spool({spool_.count(), spool_.bytes(), spool_.limit(), spool_.bad()});
  vitals_.set_ready(role != Role::away, role == Role::leader    ? "leads"
                                        : role == Role::standby ? "stands by"
                                                                : leadership_.trouble());
}

void Service::show_status() {
  show_metrics();
  auto& supervisor = surroundings_.supervisor;
  const auto last = last_poll_ ? "last poll " + second_of(*last_poll_) + ", " : "";
  const auto next = "next " + second_of(planner_.next());
  switch (leadership_.role()) {
    case Role::leader:
      return supervisor.status(last + next);
    case Role::standby:
      return supervisor.status("stands by: another agreementd polls");
    case Role::away:
      return supervisor.status(fmt::format("{}; {} in the spool{}", leadership_.trouble(),
                                           counted(spool_.count(), "fetch waits", "fetches wait"),
                                           leadership_.polls() ? ", " + last + next : ""));
  }
}

void Service::wait() {
  alive();
  const auto due = std::chrono::ceil<std::chrono::milliseconds>(planner_.next() - now());
  const std::chrono::milliseconds longest = longest_wait;
  surroundings_.wait(leadership_.polls() ? std::clamp(due, std::chrono::milliseconds{1}, longest)
                                         : longest);
}

}  // namespace agreementd::daemon
