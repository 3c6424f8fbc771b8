// What reading, folding and importing cost. Run on the real lists with AGREEMENTD_CORPUS set, else
// on the samples. Compare figures of one run with each other: machines differ.
#include <algorithm>
#include <map>

#include <benchmark/benchmark.h>

#include "model/clock.h"
#include "parsers/list.h"
#include "storage/store.h"
#include "tests/corpus/read_corpus.h"
#include "tests/integration/postgres.h"
#include "tracking/refold.h"

namespace agreementd::bench {
namespace {

const std::vector<daemon::Candidate>& all_lists() {
  static const auto all = corpus::lists();
  return all;
}

std::int64_t bytes_of(const std::vector<daemon::Candidate>& all) {
  std::int64_t bytes = 0;
  for (const auto& list : all) bytes += static_cast<std::int64_t>(list.bytes.size());
  return bytes;
}

void parse_largest_list(benchmark::State& state) {
  const auto& largest = *std::max_element(
      all_lists().begin(), all_lists().end(),
      [](const auto& one, const auto& other) { return one.bytes.size() < other.bytes.size(); });
  for (auto iteration : state)
    benchmark::DoNotOptimize(parsers::read_list(largest.bytes, largest.file_name));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(largest.bytes.size()));
}

void parse_all_lists(benchmark::State& state) {
  for (auto iteration : state)
    for (const auto& list : all_lists())
      benchmark::DoNotOptimize(parsers::read_list(list.bytes, list.file_name));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all_lists().size()));
  state.SetBytesProcessed(state.iterations() * bytes_of(all_lists()));
}

void fold_all_lists(benchmark::State& state) {
  const auto all = corpus::read_all(all_lists());
  const std::map<Sha256, Reading> readings(all.readings.begin(), all.readings.end());
  const auto arranged = tracking::arrange(all.sightings, {});
  for (auto iteration : state)
    benchmark::DoNotOptimize(tracking::refold(
        {}, arranged, [&](const Sha256& document) { return readings.at(document); }, {}, {}));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(arranged.size()));
}

void import_all_lists(benchmark::State& state) {
  auto& cluster = testing::Cluster::get();
  for (auto iteration : state) {
    state.PauseTiming();
    const auto database = cluster.create_database();
    {
      storage::Store store(cluster.uri(database, "postgres"));
      state.ResumeTiming();
      daemon::import_lists(store, all_lists(), {}, SystemClock(), [](int, int) {});
      state.PauseTiming();
    }
    cluster.drop_database(database);
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all_lists().size()));
}

/// The same again: what a run costs that finds nothing new.
void import_all_lists_again(benchmark::State& state) {
  auto& cluster = testing::Cluster::get();
  const auto database = cluster.create_database();
  {
    storage::Store store(cluster.uri(database, "postgres"));
    daemon::import_lists(store, all_lists(), {}, SystemClock(), [](int, int) {});
    for (auto iteration : state)
      daemon::import_lists(store, all_lists(), {}, SystemClock(), [](int, int) {});
  }
  cluster.drop_database(database);
}

BENCHMARK(parse_largest_list)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_all_lists)->Unit(benchmark::kMillisecond);
BENCHMARK(fold_all_lists)->Unit(benchmark::kMillisecond);
BENCHMARK(import_all_lists)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(import_all_lists_again)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace agreementd::bench

BENCHMARK_MAIN();
