#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "fetchers/fetcher.h"
#include "fetchers/session.h"
#include "fetchers/url.h"

namespace agreementd::fetchers {

/// How a request is to be asked.
struct Manner {
  int redirects = 0;             ///< at most, in a row
  std::size_t largest_body = 0;  ///< decompressed, bytes
  bool beginning_will_do = false;
};

/// What stands against asking for a URL, as the answer to it; nothing: it may be asked for.
using Gate = std::function<std::optional<Answer>(const Url&)>;

/// Asks until there is an answer, or until asking again is of no use.
class Asker {
 public:
  /// All three must outlive it.
  Asker(const Settings& settings, const Effects& effects, Session& session);

  /// Each URL, of every redirect too, goes through `gate` first; what stands against one is not
  /// tried again. `bytes` is whatever body came. `at` and `duration` are the caller's. Throws
  /// `Cancelled`.
  Answer ask(const Request& request, const Manner& manner, const Gate& gate,
             const std::stop_token& stop);

 private:
  struct Attempt;
  Attempt attempt(const Request& request, const Manner& manner, const Gate& gate,
                  const std::stop_token& stop);

  const Settings& settings_;
  const Effects& effects_;
  Session& session_;
};

}  // namespace agreementd::fetchers
