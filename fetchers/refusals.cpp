#include "fetchers/refusals.h"

#include <algorithm>

#include <fmt/format.h>

namespace agreementd::fetchers {

using std::chrono::seconds;

Refusals::Refusals(const Clock& clock) : clock_(clock) {}

void Refusals::remember(const std::string& origin, const Answer& failure, seconds least) {
  const seconds retry_after = failure.retry_after.value_or(seconds{0});
  kept_[origin] = {failure.outcome, failure.detail, retry_after, std::max(least, retry_after),
                   clock_.now()};
}

std::optional<Answer> Refusals::against(const Url& url) const {
  const auto found = kept_.find(url.origin);
  if (found == kept_.end()) return std::nullopt;
  const Kept& kept = found->second;
  const auto age = clock_.now() - kept.since;
  // a clock that was set back says nothing
  if (age < age.zero() || age >= kept.lasting) return std::nullopt;
  Answer answer;
  answer.outcome = kept.outcome;
  answer.detail = kept.detail;
  answer.url = url.text;
  if (age < kept.retry_after) {
    answer.retry_after = std::chrono::ceil<seconds>(kept.retry_after - age);
    answer.detail += fmt::format("; not asked again, as the host asked to wait: {} s are left",
                                 answer.retry_after->count());
  }
  return answer;
}

}  // namespace agreementd::fetchers
