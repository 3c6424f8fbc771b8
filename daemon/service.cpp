#include "daemon/service.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "daemon/configuration_keys.h"
#include "daemon/database_uri.h"
#include "daemon/files.h"
#include "daemon/poll_options.h"
#include "daemon/report_text.h"
#include "model/result.h"

namespace agreementd::daemon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// How long it does nothing at most: so soon it sees that the wall clock jumped, that the database
/// is back or gone, that the one that led is dead.
constexpr auto longest_wait = 5s;
/// Changes told one by one; of more the number is enough.
constexpr std::size_t most_lines = 50;

Schedule schedule_of(const Source& source) { return {source.every, source.retry}; }

/// Where systemd has the service keep what is its own, or where it would.
std::string state_folder() {
  const char* folder = std::getenv("STATE_DIRECTORY");
  return folder != nullptr ? folder : "/var/lib/agreementd";
}

std::string spool_folder(const SpoolSettings& settings) {
  return settings.folder.empty() ? state_folder() + "/spool" : settings.folder;
}

std::string second_of(Instant instant) {
  return to_string(Instant{std::chrono::floor<std::chrono::seconds>(instant)});
}

bool same(const Condition& one, const Condition& other) {
  return one.state == other.state && one.detail == other.detail;
}

}  // namespace

Service::Service(Configuration configuration, Surroundings surroundings)
    : configuration_(std::move(configuration)),
      surroundings_(std::move(surroundings)),
      options_(poll_options("", configuration_)),
      spool_(spool_folder(configuration_.spool), configuration_.spool.size),
      vitals_(configuration_.http.listen) {
  std::error_code ignored;
  led_ = fs::exists(leader_mark(), ignored);
  apply(configuration_);
}

Service::~Service() = default;

std::string Service::leader_mark() const { return spool_folder(configuration_.spool) + "/leader"; }

void Service::apply(Configuration configuration) {
  options_ = poll_options("", configuration);  // or it fails, and all is as it was
  configuration_ = std::move(configuration);
  fetcher_.emplace(surroundings_.make_fetcher(configuration_.source, [this] { alive(); }));
}

Poller Service::poller() {
  return {*fetcher_, options_, surroundings_.clock, surroundings_.stop,
          [this](std::string_view, int, int) { alive(); }};
}

void Service::say(Level level, const std::string& text, const Fields& fields) {
  surroundings_.journal.write(level, text, fields);
}

void Service::run() {
  say(Level::info, fmt::format("agreementd " AGREEMENTD_VERSION " polls {} every {}", options_.page,
                               duration_text(configuration_.source.every)));
  planner_.emplace(schedule_of(configuration_.source), std::nullopt, now());
  connect();
  show_status();
  surroundings_.supervisor.ready();
  while (!surroundings_.stop.stop_requested()) {
    if (surroundings_.take_reload()) reload();
    if (role_ == Role::away)
      connect();
    else
      look_after_the_lead();
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
void Service::connect() {
  try {
    open_database();
  } catch (const Failure& failure) {
    store_.reset();
    if (failure.status() != ExitStatus::database_unreachable && trouble_.empty() && run_ == 0)
      throw;
    go_away(failure.what());
  }
}

void Service::open_database() {
  storage::Store store(for_long_use(choose_database({"", "", configuration_.database})));
  store.require_schema();
  store_.emplace(std::move(store));
  role_ = Role::standby;
  if (!trouble_.empty()) say(Level::info, "the database is there again");
  trouble_.clear();
  look_after_the_lead();
}

void Service::go_away(const std::string& why) {
  store_.reset();
  role_ = Role::away;
  vitals_.metrics().count_database_error();
  if (trouble_ == why) return;
  trouble_ = why;
  say(Level::error, why + (led_ ? ": what is fetched waits in the spool"
                                : ": it polls again when it leads again"));
}

void Service::look_after_the_lead() {
  try {
    const bool leads = store_->try_to_lead();
    if (leads && role_ != Role::leader) become_leader();
    if (!leads) {
      if (std::exchange(led_, false)) {
        std::error_code ignored;
        fs::remove(leader_mark(), ignored);
      }
      if (!std::exchange(standing_by_, true))
        say(Level::info, "stands by: another agreementd polls");
      role_ = Role::standby;
    }
  } catch (const Failure& failure) {
    go_away(failure.what());
  }
}

void Service::become_leader() {
  role_ = Role::leader;
  led_ = true;
  standing_by_ = false;
  write_file(leader_mark(), "", true);
  drain_spool();
  const auto last = storage::source_record(*store_, options_.page).last_poll;
  // Another one may have polled since; else what this one knows of its failures counts.
  if (!last_poll_ || last > last_poll_)
    planner_.emplace(schedule_of(configuration_.source), last, now());
  if (last) vitals_.metrics().set_last_poll(*last);
  say(Level::info, fmt::format("leads; next poll {}", second_of(planner_->next())));
  look_at_the_source();
}

/// By the same path as what a poll fetches, at the times at which it was fetched.
void Service::drain_spool() {
  if (spool_.count() == 0) return;
  const auto waiting = spool_.count();
  const auto bad = spool_.drain([this](const Fetch& fetch, const std::string& bytes) {
    if (!store_->has_poll(fetch)) store_->add_poll(fetch, bytes);
    alive();
  });
  say(Level::info, fmt::format("{} fetches of the outage are in the database", waiting - bad));
  if (bad > 0)
    say(Level::error, fmt::format("{} fetches of the spool cannot be read: see *.bad in {}", bad,
                                  spool_folder(configuration_.spool)));
  tell(fold_waiting(*store_, poller()));
}

void Service::poll_if_due() {
  if (!planner_->is_due(now())) return;
  if (role_ == Role::leader)
    poll();
  else if (role_ == Role::away && led_)
    poll_into_spool();
}

void Service::poll() {
  ++run_;
  const auto began = std::chrono::steady_clock::now();
  try {
    PollRecords records(&*store_, memory_, spool_);
    const auto report = run_once(*store_, records, poller());
    ended(report, began);
    tell(report);
    if (report.kept_in_spool)
      go_away(records.trouble());
    else
      look_at_the_source();
  } catch (const Failure& failure) {
    // Nothing that was fetched is lost: it is stored, or in the spool.
    planner_->polled(now(), true, std::nullopt, surroundings_.chance());
    go_away(failure.what());
  }
}

void Service::poll_into_spool() {
  ++run_;
  const auto began = std::chrono::steady_clock::now();
  try {
    PollRecords records(nullptr, memory_, spool_);
    const auto report = run_without_database(records, poller());
    ended(report, began);
    if (records.dropped() > 0)
      say(Level::error, fmt::format("the spool is full: {} fetches are not kept: make room, or set "
                                    "spool.size",
                                    records.dropped()));
  } catch (const Failure& failure) {
    planner_->polled(now(), true, std::nullopt, surroundings_.chance());
    say(Level::error, failure.what());
  }
}

void Service::ended(const PollReport& report, std::chrono::steady_clock::time_point began) {
  const bool failed = !report.failures.empty();
  last_poll_ = now();
  vitals_.metrics().count_poll(now(), std::chrono::steady_clock::now() - began, !failed);
  for (const auto& asked : report.asked)
    vitals_.metrics().count_fetch(asked.outcome, asked.duration);
  planner_->polled(now(), failed, report.again_after, surroundings_.chance());
  for (const auto& asked : report.asked)
    say(Level::debug, fmt::format("{}: {}", to_string(asked.outcome), asked.url),
        {{"RUN_ID", std::to_string(run_)},
         {"URL", asked.url},
         {"OUTCOME", std::string(to_string(asked.outcome))},
         {"LIST", asked.list ? std::string(to_string(*asked.list)) : ""}});
}

void Service::tell(const PollReport& report) {
  const Fields run{{"RUN_ID", std::to_string(run_)}};
  for (const auto& notice : report.opened)
    say(Level::warning, notice.text,
        {{"RUN_ID", std::to_string(run_)}, {"NOTICE", notice.kind}, {"SUBJECT", notice.subject}});
  for (const auto& edition : report.quarantined)
    say(Level::warning,
        fmt::format("quarantined: {}: {}: agreementctl approve {} or reject it",
                    edition_name(edition), edition.reason, short_id(edition.id)),
        {{"RUN_ID", std::to_string(run_)},
         {"LIST", std::string(to_string(edition.list))},
         {"EDITION", to_hex(edition.id)}});
  if (report.entries.empty()) return;
  for (const auto& entry : report.entries)
    vitals_.metrics().count_changes(entry.change.list, entry.change.kind);
  say(Level::info, "recorded " + count_entries(report.entries), run);
  for (std::size_t i = 0; i < std::min(report.entries.size(), most_lines); ++i) {
    const auto& change = report.entries[i].change;
    say(Level::info, change_line(change),
        {{"RUN_ID", std::to_string(run_)},
         {"LIST", std::string(to_string(change.list))},
         {"EDITION", to_hex(change.edition_id)},
         {"AGREEMENT", change.agreement_id}});
  }
}

/// What became of the source and the lists, told once when it changes.
void Service::look_at_the_source() {
  const auto record = storage::source_record(*store_, options_.page);
  std::map<std::string, Condition> conditions{{"source", source_condition(record)}};
  for (auto& [list, condition] : list_conditions(record, configuration_.source, now()))
    conditions.emplace(fmt::format("{} list", to_string(list)), std::move(condition));
  for (const auto& [subject, condition] : conditions) {
    const auto known = conditions_.find(subject);
    const bool was_fine = known == conditions_.end() || known->second.state == State::ok ||
                          known->second.state == State::waiting;
    const bool fine = condition.state == State::ok || condition.state == State::waiting;
    if ((was_fine && fine) || (known != conditions_.end() && same(known->second, condition)))
      continue;
    say(fine ? Level::info : Level::warning,
        fmt::format("{}: {}", subject, condition_text(condition)),
        {{"SUBJECT", subject}, {"STATE", std::string(to_string(condition.state))}});
  }
  conditions_ = std::move(conditions);
  measure(record);
  keep_overdue_notices();
}

void Service::measure(const storage::SourceRecord& record) {
  auto& metrics = vitals_.metrics();
  metrics.set_open_notices(static_cast<std::size_t>(record.open_notices));
  metrics.set_source_state(source_condition(record).state);
  for (const auto& [list, condition] : list_conditions(record, configuration_.source, now()))
    metrics.set_list_state(list, condition.state);
  for (const auto& [list, known] : record.lists) {
    metrics.set_quarantined_editions(list, static_cast<std::size_t>(known.quarantined));
    if (known.last_edition)
      metrics.set_last_edition(list, *known.last_edition, static_cast<std::size_t>(known.listings));
  }
}

/// Opens what time brought about, and closes what is over.
void Service::keep_overdue_notices() {
  const auto record = storage::source_record(*store_, options_.page);
  const auto wanted = overdue_notices(list_conditions(record, configuration_.source, now()));
  const auto consequences = store_->begin_consequences();
  for (const auto& open : consequences->notices()) {
    const bool ours =
        open.kind == to_string(State::unlinked) || open.kind == to_string(State::silent);
    const bool still = std::ranges::any_of(wanted, [&](const Notice& notice) {
      return notice.kind == open.kind && notice.subject == open.subject;
    });
    if (ours && !still) consequences->close_notice(open.kind, open.subject, now());
  }
  for (const auto& notice : wanted) consequences->open_notice(notice, now());
  consequences->commit();
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
          reading.configuration.http.listen != configuration_.http.listen ||
          spool_folder(reading.configuration.spool) != spool_folder(configuration_.spool);
      if (moved) say(Level::warning, "another database, spool or address counts after a restart");
      reading.configuration.database = configuration_.database;
      reading.configuration.spool = configuration_.spool;
      reading.configuration.http = configuration_.http;
      apply(std::move(reading.configuration));
      planner_->change(schedule_of(configuration_.source), now());
      say(Level::info, "the configuration was read again");
    } else {
      say(Level::error, "the configuration stays as it was");
    }
  } catch (const Failure& failure) {
    say(Level::error, fmt::format("{}: the configuration stays as it was", failure.what()));
  }
  surroundings_.supervisor.ready();
}

void Service::show_status() {
  const bool polls = role_ == Role::leader || (role_ == Role::away && led_);
  auto& metrics = vitals_.metrics();
  metrics.set_leader(role_ == Role::leader);
  metrics.set_database_up(role_ != Role::away);
  metrics.set_next_poll(polls ? std::optional(planner_->next()) : std::nullopt);
  metrics.set_spool(spool_.count(), spool_.bytes());
  vitals_.set_ready(role_ != Role::away, role_ == Role::leader    ? "leads"
                                         : role_ == Role::standby ? "stands by"
                                                                  : trouble_);
  const auto last = last_poll_ ? "last poll " + second_of(*last_poll_) + ", " : "";
  switch (role_) {
    case Role::leader:
      return surroundings_.supervisor.status(
          fmt::format("{}next {}", last, second_of(planner_->next())));
    case Role::standby:
      return surroundings_.supervisor.status("stands by: another agreementd polls");
    case Role::away:
      return surroundings_.supervisor.status(
          fmt::format("{}; {} fetches wait in the spool{}", trouble_, spool_.count(),
                      led_ ? ", next poll " + second_of(planner_->next()) : ""));
  }
}

void Service::wait() {
  alive();
  const auto due = std::chrono::ceil<std::chrono::milliseconds>(planner_->next() - now());
  const bool polls = role_ == Role::leader || (role_ == Role::away && led_);
  const std::chrono::milliseconds longest = longest_wait;
  surroundings_.wait(polls ? std::clamp(due, std::chrono::milliseconds{1}, longest) : longest);
}

}  // namespace agreementd::daemon
