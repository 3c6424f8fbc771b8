// What a poll costs: from the bytes of a site on loopback to the commit of what they changed.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/percentile.h"
#include "daemon/run_once.h"
#include "model/clock.h"
#include "parsers/dating.h"
#include "storage/connection.h"
#include "storage/store.h"
#include "tests/corpus/read_corpus.h"
#include "tests/fakes/site.h"
#include "tests/integration/postgres.h"

namespace agreementd::bench {
namespace {

/// The participating workbooks in the order in which they appeared.
std::vector<daemon::Candidate> workbooks_in_order() {
  const auto all = corpus::lists();
  const auto read = corpus::read_all(all);
  std::vector<std::pair<Instant, daemon::Candidate>> dated;
  for (const auto& sighting : read.sightings)
    for (const auto& list : all)
      if (sighting.sighting.reading.list == List::participating &&
          list.file_name.ends_with(".xlsx") && list.file_name == sighting.sighting.file_name &&
          sha256(list.bytes) == sighting.sighting.document && !sighting.dating.doubt)
        dated.emplace_back(sighting.dating.at, list);
  std::ranges::stable_sort(dated, {}, [](const auto& each) { return each.first; });
  std::vector<daemon::Candidate> ordered;
  for (auto& [at, list] : dated) ordered.push_back(std::move(list));
  return ordered;
}

/// A source, a database and a fetcher that polls the one into the other.
class Polling {
 public:
  Polling()
      : database_(testing::Cluster::get().create_database()),
        store_(testing::Cluster::get().uri(database_, "agreementd_writer")),
        fetcher_({}, fetchers::real_effects(clock_)) {
    options_.page = site_.url("/287g");
  }
  Polling(const Polling&) = delete;
  Polling& operator=(const Polling&) = delete;
  ~Polling() { testing::Cluster::get().drop_database(database_); }

  void publish(const daemon::Candidate& list) {
    const std::string tag = std::to_string(++published_);
    const auto path = "/doclib/" + tag + "/" + list.file_name;
    site_.serve(path, fakes::document(list.bytes, "application/octet-stream", tag, tag));
    const auto page = "<a href=\"" + path + "\">Participating Agencies</a>";
    site_.serve("/287g", fakes::document(page, "text/html", tag, tag));
  }
  void poll() { daemon::run_once(store_, {fetcher_, options_, clock_}); }

  /// Rows of every table together.
  std::int64_t rows() {
    std::int64_t rows = 0;
    auto& connection = store_.connection();
    for (const auto& table :
         connection.query("SELECT tablename FROM pg_tables WHERE schemaname = 'agreementd'").rows)
      rows += std::stoll(*connection.query("SELECT count(*) FROM " + *table[0]).rows[0][0]);
    return rows;
  }

 private:
  SystemClock clock_;
  fakes::Site site_;
  std::string database_;
  storage::Store store_;
  fetchers::Fetcher fetcher_;
  daemon::PollOptions options_;
  int published_ = 0;
};

/// The later two thirds of the lists, one changed poll each.
void poll_changed(benchmark::State& state) {
  const auto all = workbooks_in_order();
  std::vector<double> milliseconds;
  for (auto iteration : state) {
    Polling polling;
    for (std::size_t i = 0; i < all.size(); ++i) {
      polling.publish(all[i]);
      const auto start = std::chrono::steady_clock::now();
      polling.poll();
      const std::chrono::duration<double, std::milli> took =
          std::chrono::steady_clock::now() - start;
      if (i >= all.size() / 3) milliseconds.push_back(took.count());
    }
  }
  state.counters["p50_ms"] = percentile(milliseconds, 0.50);
  state.counters["p99_ms"] = percentile(milliseconds, 0.99);
  state.counters["polls"] = static_cast<double>(milliseconds.size());
}

/// A poll that finds everything as it was: CPU of this process, rows written.
void poll_unchanged(benchmark::State& state) {
  Polling polling;
  for (const auto& list : workbooks_in_order()) polling.publish(list);
  polling.poll();
  const auto before = polling.rows();
  for (auto iteration : state) polling.poll();
  state.counters["rows_written"] =
      static_cast<double>(polling.rows() - before) / static_cast<double>(state.iterations());
}

BENCHMARK(poll_changed)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();
BENCHMARK(poll_unchanged)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace agreementd::bench
