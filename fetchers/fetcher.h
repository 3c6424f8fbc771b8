#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "model/clock.h"
#include "model/outcome.h"
#include "model/time.h"

/// HTTP as a polite and distrustful client speaks it: URL in; outcome, bytes, validators and file
/// name out.
namespace agreementd::fetchers {

/// What is asked. The validators are those of an earlier answer of this very URL, verbatim; empty:
/// unconditional. They are sent to it alone, never to where it redirects: what is there may be
/// another document than the one they speak of. Only its own 304 is `not_modified`.
struct Request {
  std::string url;
  std::string if_none_match;
  std::string if_modified_since;
};

/// What came. Of a failure there is an outcome and a detail, and as much of the rest as was seen.
struct Answer {
  Outcome outcome = Outcome::ok;
  std::string detail;  ///< of a failure: one line in words, without what the server sent verbatim
  std::optional<int> http_status;  ///< of the last answer; absent: there was none
  std::string url;    ///< who answered, or was asked, last; empty: the request was no URL to ask
  std::string bytes;  ///< the body, decompressed; of `ok`, and of `blocked` what came of it
  std::string file_name;      ///< base name: Content-Disposition's, else that of a path ending
                              ///< in a name with an extension; empty: none
  std::string etag;           ///< verbatim; empty: none
  std::string last_modified;  ///< verbatim; empty: none
  std::optional<Instant> modified_at;               ///< `last_modified`, read
  std::optional<std::chrono::seconds> retry_after;  ///< asked of us and left to wait, at most a day
  Instant at;                                       ///< when it was asked
  std::chrono::milliseconds duration{0};            ///< with all attempts
};

struct Settings {
  std::string user_agent;                  ///< with a contact, so that the source can reach us
  std::vector<std::string> allowed_hosts;  ///< links and redirects elsewhere are not followed
  std::string ca_file;                     ///< PEM of authorities to trust; empty: the system's
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{120'000};       ///< of one attempt, all of it
  long low_speed_bytes = 512;                       ///< a second, …
  std::chrono::seconds low_speed_time{20};          ///< … for so long: given up
  std::size_t largest_body = 32U << 20U;            ///< decompressed, bytes
  int redirects = 5;                                ///< in a row
  int attempts = 3;                                 ///< where the failure may pass
  std::chrono::milliseconds first_pause{1'000};     ///< before the second attempt; then doubled
  std::chrono::milliseconds longest_pause{30'000};  ///< a longer Retry-After is left to the caller
};

/// How the fetcher waits and what its jitter is made of: tests need neither time nor chance.
struct Effects {
  const Clock& clock;
  /// Waits that long; false where it was told to stop.
  std::function<bool(std::chrono::milliseconds, std::stop_token)> wait;
  std::function<double()> random;  ///< from 0 to 1
  /// Called at least every second while an answer is waited for, every 30 s or sooner otherwise.
  std::function<void()> alive = [] {};
};
/// The machine's.
Effects real_effects(const Clock& clock);

/// Thrown by `get` where it was told to stop: nothing came, and nothing is to be recorded.
struct Cancelled final : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "told to stop"; }
};

/// Asks for URLs, one after the other, over connections it keeps. One thread.
class Fetcher {
 public:
  /// Throws std::runtime_error where this libcurl cannot do what is demanded of it.
  Fetcher(Settings settings, Effects effects);
  ~Fetcher();
  Fetcher(Fetcher&&) noexcept;
  Fetcher& operator=(Fetcher&&) noexcept;

  /// GETs the URL. https only (TLS 1.2 or newer), http only to loopback; the same for every
  /// redirect, which leads only where `may_lead_to` says. robots.txt of the host is asked for first
  /// (RFC 9309; kept for a day) and obeyed; a failure to get it is the answer for a minute.
  /// Failures that may pass (timeouts, broken connections, DNS, truncated bodies, 408, 425, 429,
  /// 5xx) are tried again, with exponential pauses and jitter or as Retry-After says; 401 and 403
  /// are not. A host (with its port) that asks by 429 or 503 to wait longer than `longest_pause` is
  /// not asked before: until then the answer has the same outcome, no status, and as `retry_after`
  /// what is left. Never throws but `Cancelled`, within a second after `stop` was requested.
  Answer get(const Request& request, std::stop_token stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The absolute URL that `reference` means on the page at `base` (RFC 3986), percent-encoded,
/// without fragment; nothing where it is no http or https URL, is longer than 2000 bytes, or holds
/// a user name or password.
std::optional<std::string> resolve(const std::string& base, const std::string& reference);

/// The host of a URL, lower case, without port; empty: it is no URL.
std::string host_of(const std::string& url);

/// Whether a link on `page` may be followed to `url`, or a redirect in answer to `page`: over https
/// (http only from loopback to loopback), to the host of `page` or one of `hosts` (lower case), at
/// the default port of its scheme or the port of `page`; loopback may have any port.
bool may_lead_to(const std::string& page, const std::string& url,
                 const std::vector<std::string>& hosts);

/// Whether the URL's host is this machine: 127.0.0.0/8, ::1 or localhost.
bool is_loopback(const std::string& url);

}  // namespace agreementd::fetchers
