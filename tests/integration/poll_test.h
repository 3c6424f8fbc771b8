#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "daemon/run_once.h"
#include "model/result.h"
#include "storage/connection.h"
#include "storage/queries.h"
#include "tests/fakes/sample_site.h"
#include "tests/fakes/site.h"
#include "tests/integration/postgres.h"

/// One poll (daemon/run_once.h) of a site on loopback, on a real database.
namespace agreementd::daemon {

inline constexpr const char* samples_folder = AGREEMENTD_BINARY_DIR "/samples/lists";

/// Stands still unless a test turns it.
class TurnedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void turn(std::chrono::minutes by) { now_ += by; }

 private:
  Instant now_ = *parse_instant("2026-01-01T12:00:00Z");
};

/// A page that links these files of /doclib/.
inline std::string page_linking(const std::vector<std::string>& names) {
  std::string html = "<html><body>";
  for (const auto& name : names) html += "<a href=\"/doclib/" + name + "\">Agencies</a> ";
  return html + "</body></html>";
}

inline fakes::Reply good(const std::string& body) {
  fakes::Reply reply;
  reply.body = body;
  return reply;
}

inline fakes::Reply status(int code) {
  fakes::Reply reply;
  reply.status = code;
  reply.body = "<html>as the server puts it</html>";
  return reply;
}

/// It accepts, and says nothing.
inline fakes::Reply silent() {
  fakes::Reply reply;
  reply.silent = true;
  return reply;
}

class Poll : public testing::DatabaseTest {
 protected:
  Poll() { options_.page = site_.url("/287g"); }

  PollReport poll() {
    fetchers::Settings settings;
    settings.user_agent = "agreementd/test";
    settings.attempts = 1;
    settings.timeout = std::chrono::milliseconds{500};
    settings.largest_body = 1U << 20U;
    fetchers::Fetcher fetcher(settings,
                              {clock_, [](auto, const auto&) { return true; }, [] { return 0.5; }});
    auto store = connect();
    return run_once(store, {fetcher, options_, clock_});
  }

  /// The sample list of that name.
  static const fakes::SampleList& sample(const std::string& name) {
    static const auto lists = fakes::sample_timeline(samples_folder);
    const auto found = std::find_if(lists.begin(), lists.end(), [&](const fakes::SampleList& list) {
      return list.file_name == name;
    });
    if (found == lists.end()) throw Failure("no sample list " + name);
    return *found;
  }
  void serve_list(const std::string& name) {
    site_.serve("/doclib/" + name, good(sample(name).bytes));
  }
  /// A source as it should be: a page that links both lists.
  void serve_both_lists() {
    serve_list(participating_);
    serve_list(pending_);
    site_.serve("/287g", good(page_linking({participating_, pending_})));
  }

  /// A history with changes, and a source as it should be.
  void poll_both_lists_after_another() {
    const std::string before = "participatingAgencies03062025pm.xlsx";
    serve_list(before);
    site_.serve("/287g", good(page_linking({before})));
    poll();
    serve_both_lists();
    poll();
  }

  void poll_until(fakes::SampleSite& samples, const std::string& file_name) {
    while (!samples.shows(file_name) && !samples.advance().empty()) poll();
  }

  std::map<std::string, int> rows_written_by(const std::function<void()>& act) {
    const auto before = row_counts();
    act();
    std::map<std::string, int> grown;
    for (const auto& [table, count] : row_counts())
      if (count != before.at(table)) grown[table] = count - before.at(table);
    return grown;
  }

  /// `kind subject` of the open notices.
  std::vector<std::string> notices() {
    std::vector<std::string> open;
    for (const auto& row : storage::open_notices(store_).rows)
      open.push_back(*row[0] + " " + *row[1]);
    return open;
  }
  std::vector<std::string> column(const std::string& sql) {
    std::vector<std::string> values;
    for (const auto& row : store_.connection().query(sql).rows)
      values.push_back(row[0].value_or("NULL"));
    return values;
  }
  std::vector<std::string> outcomes() {
    return column("SELECT outcome FROM fetches ORDER BY fetch_id");
  }
  std::string list_url() { return site_.url("/doclib/" + participating_); }

  const std::string participating_ = "participatingAgencies03072025pm.xlsx";
  const std::string pending_ = "pendingAgencies03072025pm.xlsx";
  TurnedClock clock_;
  fakes::Site site_;
  PollOptions options_;
};

/// Rows a table grew by.
using Grown = std::map<std::string, int>;

}  // namespace agreementd::daemon
