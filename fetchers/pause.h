#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "fetchers/fetcher.h"

/// How long to wait before asking again.
namespace agreementd::fetchers {

/// What a Retry-After header asks (RFC 9110, 10.2.3: seconds, or a date), at most a day; nothing
/// where it cannot be read or is past.
std::optional<std::chrono::seconds> read_retry_after(const std::string& header, Instant now);

/// Whether a host asks not to be asked at all (429, 503) for longer than we wait in one `get`.
bool asks_to_wait(const Answer& answer, const Settings& settings);

/// After `attempt` attempts (from 1): `first_pause`, doubled each time, times 0.5 + `random` (from
/// 0 to 1), at most `longest_pause`.
std::chrono::milliseconds backoff(int attempt, const Settings& settings, double random);

}  // namespace agreementd::fetchers
