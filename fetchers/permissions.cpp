#include "fetchers/permissions.h"

#include <utility>

#include <fmt/format.h>

#include "fetchers/judge.h"
#include "fetchers/pause.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

constexpr Manner manner{5, largest_robots, true};  // RFC 9309, 2.3.1.2 and 2.5
// Many links of one host that is down must not cost its timeouts many times.
constexpr std::chrono::seconds failure_lasts{60};

/// The answer to `url` where what came of asking for its robots.txt stands against it.
Answer refusal(const Url& url, Outcome outcome, std::string detail) {
  Answer answer;
  answer.outcome = outcome;
  answer.detail = std::move(detail);
  answer.url = url.text;
  return answer;
}

/// Whether nothing can be said of the host's wishes: it was not reached, or broke off.
bool is_unreachable(Outcome outcome) {
  return outcome == Outcome::tls_failure || outcome == Outcome::too_large ||
         (outcome != Outcome::server_error && may_pass(outcome));
}

}  // namespace

Permissions::Permissions(const Settings& settings, const Effects& effects, Asker& asker)
    : settings_(settings), effects_(effects), asker_(asker), refusals_(effects.clock) {}

std::optional<Answer> Permissions::against(const Url& url, const std::stop_token& stop) {
  if (!is_fresh(url.origin))
    if (auto answer = ask_for_robots(url, stop)) return answer;
  if (kept_.at(url.origin).robots.allow(url.target)) return std::nullopt;
  return refusal(url, Outcome::robots,
                 fmt::format("robots.txt of {} does not let {} ask for {}", one_line(url.host),
                             one_line(product_of(settings_.user_agent)), one_line(url.target)));
}

bool Permissions::is_fresh(const std::string& origin) const {
  const auto found = kept_.find(origin);
  if (found == kept_.end()) return false;
  const auto age = effects_.clock.now() - found->second.since;
  return age >= age.zero() && age < std::chrono::days(1);
}

std::optional<Answer> Permissions::ask_for_robots(const Url& url, const std::stop_token& stop) {
  if (auto refused = refusals_.against(url)) return refused;
  const auto anything = [](const Url&) { return std::nullopt; };
  const Answer answer = asker_.ask({url.origin + "/robots.txt", {}, {}}, manner, anything, stop);
  if (auto refused = fault_of_robots(url, answer)) {
    refusals_.remember(url.origin, *refused, failure_lasts);
    return refused;
  }
  // Any other answer but a 2xx permits everything.
  const int status = answer.http_status.value_or(0);
  const std::string text = status >= 200 && status <= 299 ? answer.bytes : "";
  kept_[url.origin] = {Robots::parse(text, product_of(settings_.user_agent)), effects_.clock.now()};
  return std::nullopt;
}

std::optional<Answer> Permissions::fault_of_robots(const Url& url, const Answer& answer) const {
  const int status = answer.http_status.value_or(0);
  if (is_unreachable(answer.outcome))
    return refusal(url, answer.outcome, answer.detail + " (its robots.txt was asked for)");
  const bool in_trouble = status >= 500 && status <= 599;
  if (!in_trouble && !asks_to_wait(answer, settings_)) return std::nullopt;
  Answer refused = refusal(
      url, Outcome::robots,
      fmt::format("robots.txt of {} answers {}: nothing else is asked until it answers well",
                  one_line(url.host), status));
  refused.retry_after = answer.retry_after;
  return refused;
}

}  // namespace agreementd::fetchers
