#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "fetchers/fetcher.h"
#include "fetchers/url.h"

namespace agreementd::fetchers {

/// Failures that stand for all of an origin for a while, so that it is not asked again for each of
/// its URLs.
class Refusals {
 public:
  /// `clock` must outlive it.
  explicit Refusals(const Clock& clock);

  /// From now on, for `least`, or for the failure's `retry_after` where that is longer.
  void remember(const std::string& origin, const Answer& failure, std::chrono::seconds least = {});

  /// The failure as the answer to `url`, with what is left of its `retry_after`; nothing: none is
  /// remembered, or its time is over.
  [[nodiscard]] std::optional<Answer> against(const Url& url) const;

 private:
  struct Kept {
    Outcome outcome;
    std::string detail;
    std::chrono::seconds retry_after;  // 0: none
    std::chrono::seconds lasting;
    Instant since;
  };
  const Clock& clock_;
  std::map<std::string, Kept> kept_;  // by origin
};

}  // namespace agreementd::fetchers
