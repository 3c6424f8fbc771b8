#include "daemon/service/vitals.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "model/result.h"
#include "storage/schema.h"

namespace agreementd::daemon {
namespace {

using std::chrono::steady_clock;

/// As long as the watchdog of the unit.
constexpr std::chrono::seconds longest_silence{120};

}  // namespace

Vitals::Vitals(const std::string& listen, std::vector<web::Route> others)
    : metrics_(AGREEMENTD_VERSION, storage::newest_schema()), last_beat_(steady_clock::now()) {
  if (listen.empty()) return;
  const auto endpoint = web::parse_endpoint(listen);
  if (!endpoint) throw Failure("http.listen: " + endpoint.error());
  auto routes = web::routes_of(
      {[this] { return live(); }, [this] { return ready(); }, [this] { return metrics_.text(); }});
  std::ranges::move(others, std::back_inserter(routes));
  server_.emplace(*endpoint, std::move(routes));
}

void Vitals::count(const PollReport& report) {
  for (const auto& asked : report.asked) metrics_.count_fetch(asked.outcome, asked.duration);
  for (const auto& entry : report.entries)
    metrics_.count_changes(entry.change.list, entry.change.kind);
}

void Vitals::beat() { last_beat_ = steady_clock::now(); }

void Vitals::set_ready(bool ready, const std::string& words) {
  const std::lock_guard lock(mutex_);
  ready_ = {ready, words};
}

std::optional<std::uint16_t> Vitals::port() const {
  return server_ ? std::optional(server_->port()) : std::nullopt;
}

web::Health Vitals::live() const {
  const auto silent =
      std::chrono::floor<std::chrono::seconds>(steady_clock::now() - last_beat_.load());
  if (silent <= longest_silence) return {true, "alive"};
  return {false, fmt::format("nothing was done for {} s", silent.count())};
}

web::Health Vitals::ready() const {
  const std::lock_guard lock(mutex_);
  return ready_;
}

}  // namespace agreementd::daemon
