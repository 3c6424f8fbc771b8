#include "fetchers/fetcher.h"

#include <utility>

#include "fetchers/asker.h"
#include "fetchers/pause.h"
#include "fetchers/permissions.h"
#include "fetchers/refusals.h"
#include "fetchers/session.h"
#include "fetchers/url.h"

namespace agreementd::fetchers {

struct Fetcher::State {
  State(Settings settings_given, Effects effects_given)
      : settings(std::move(settings_given)), effects(std::move(effects_given)) {}

  Settings settings;
  Effects effects;
  Session session{settings, effects.alive};
  Asker asker{settings, effects, session};
  Permissions permissions{settings, effects, asker};
  Refusals waits{effects.clock};  // of hosts that asked to wait longer than one `get` does
};

Fetcher::Fetcher(Settings settings, Effects effects)
    : state_(std::make_unique<State>(std::move(settings), std::move(effects))) {}
Fetcher::~Fetcher() = default;
Fetcher::Fetcher(Fetcher&&) noexcept = default;
Fetcher& Fetcher::operator=(Fetcher&&) noexcept = default;

// NOLINTNEXTLINE(performance-unnecessary-value-param): a stop token is made to be copied
Answer Fetcher::get(const Request& request, std::stop_token stop) {
  const auto started = std::chrono::steady_clock::now();
  const Instant at = state_->effects.clock.now();
  const Manner manner{state_->settings.redirects, state_->settings.largest_body};
  const auto gate = [&](const Url& url) {
    auto wait = state_->waits.against(url);
    return wait ? wait : state_->permissions.against(url, stop);
  };
  Answer answer = state_->asker.ask(request, manner, gate, stop);
  if (const auto from = parse_url(answer.url); from && asks_to_wait(answer, state_->settings))
    state_->waits.remember(from->origin, answer);
  answer.at = at;
  answer.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  // What a server says when it refuses us is evidence; what it says of other failures is not.
  if (answer.outcome != Outcome::ok && answer.outcome != Outcome::blocked) answer.bytes.clear();
  return answer;
}

}  // namespace agreementd::fetchers
