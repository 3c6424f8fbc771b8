#include "fetchers/fetcher.h"

#include <utility>

#include "fetchers/asker.h"
#include "fetchers/permissions.h"
#include "fetchers/session.h"

namespace agreementd::fetchers {

struct Fetcher::State {
  State(Settings settings_given, Effects effects_given)
      : settings(std::move(settings_given)), effects(std::move(effects_given)) {}

  Settings settings;
  Effects effects;
  Session session{settings};
  Asker asker{settings, effects, session};
  Permissions permissions{settings, effects, asker};
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
  const auto permitted = [&](const Url& url) { return state_->permissions.against(url, stop); };
  Answer answer = state_->asker.ask(request, manner, permitted, stop);
  answer.at = at;
  answer.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  // What a server says when it refuses us is evidence; what it says of other failures is not.
  if (answer.outcome != Outcome::ok && answer.outcome != Outcome::blocked) answer.bytes.clear();
  return answer;
}

}  // namespace agreementd::fetchers
