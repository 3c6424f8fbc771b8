#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>

#include "fetchers/asker.h"
#include "fetchers/refusals.h"
#include "fetchers/robots.h"

namespace agreementd::fetchers {

/// What the hosts' robots.txt permit us, asked once a day; where one was not to be had, not before
/// a minute later, or as Retry-After says.
class Permissions {
 public:
  /// All three must outlive it.
  Permissions(const Settings& settings, const Effects& effects, Asker& asker);

  /// What stands against asking for `url`: its rules; that its robots.txt answers 5xx (RFC 9309,
  /// 2.3.1.4) or asks to wait longer than we do (429); or the failure to reach its host. Nothing:
  /// it may be asked for. Throws `Cancelled`.
  std::optional<Answer> against(const Url& url, const std::stop_token& stop);

 private:
  struct Kept {
    Robots robots;
    Instant since;
  };
  std::optional<Answer> ask_for_robots(const Url& url, const std::stop_token& stop);
  /// Why nothing may be asked for where `answer` came for robots.txt; nothing: it may.
  [[nodiscard]] std::optional<Answer> fault_of_robots(const Url& url, const Answer& answer) const;
  [[nodiscard]] bool is_fresh(const std::string& origin) const;

  const Settings& settings_;
  const Effects& effects_;
  Asker& asker_;
  std::map<std::string, Kept> kept_;  // by origin
  Refusals refusals_;
};

}  // namespace agreementd::fetchers
