#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "storage/store.h"
#include "web/route.h"

namespace agreementd::daemon {

/// The change log over HTTP: feeds for readers, and the entries themselves for programs. Whichever
/// role the instance has, from a connection of its own.
class Feeds {
 public:
  /// `database`: as libpq takes it; it is used from the first request on. `public_url`: where
  /// readers reach the server, for the links in feeds; empty: where each request says it is.
  Feeds(std::string database, std::string public_url, std::stop_token stop);
  Feeds(const Feeds&) = delete;
  Feeds& operator=(const Feeds&) = delete;

  /// `/changes.atom`, `/changes.json`, the same below `/states/TX/` for each state, and
  /// `/api/v1/changes`. 503 while the database is away. They must not outlive this.
  std::vector<web::Route> routes();

 private:
  using Time = std::chrono::steady_clock::time_point;
  using Question = std::function<web::Answer(storage::Store&)>;

  web::Answer ask(const Question& question);
  web::Answer feed(const web::Request& request, const std::string& state, bool as_json);
  web::Answer entries(const web::Request& request);
  [[nodiscard]] std::string base_of(const web::Request& request) const;

  std::string database_;
  std::string public_url_;
  std::stop_token stop_;
  std::timed_mutex mutex_;
  std::optional<storage::Store> store_;
  Time away_until_;
};

}  // namespace agreementd::daemon
