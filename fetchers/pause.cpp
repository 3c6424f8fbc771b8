#include "fetchers/pause.h"

#include <algorithm>
#include <cmath>

#include "fetchers/text.h"

namespace agreementd::fetchers {

std::optional<std::chrono::seconds> read_retry_after(const std::string& header, Instant now) {
  using std::chrono::seconds;
  constexpr seconds longest = std::chrono::days(1);
  if (header.empty()) return std::nullopt;
  if (header.find_first_not_of("0123456789") == std::string::npos) {
    // 18 digits fit, and are more than a day
    return std::min(seconds(std::stoll(header.substr(0, 18))), longest);
  }
  // A date begins with the name of a day; curl reads much else as one.
  const bool letter = lower(header)[0] >= 'a' && lower(header)[0] <= 'z';
  const auto date = letter ? read_http_date(header) : std::nullopt;
  if (!date || *date < now) return std::nullopt;
  return std::min(std::chrono::ceil<seconds>(*date - now), longest);
}

bool asks_to_wait(const Answer& answer, const Settings& settings) {
  return (answer.http_status == 429 || answer.http_status == 503) && answer.retry_after &&
         *answer.retry_after > settings.longest_pause;
}

std::chrono::milliseconds backoff(int attempt, const Settings& settings, double random) {
  const double pause =
      static_cast<double>(settings.first_pause.count()) * std::exp2(attempt - 1) * (0.5 + random);
  const auto longest = static_cast<double>(settings.longest_pause.count());
  return std::chrono::milliseconds(std::llround(std::min(pause, longest)));
}

}  // namespace agreementd::fetchers
