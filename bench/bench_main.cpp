// What reading, folding and importing cost. Run on the real lists with AGREEMENTD_CORPUS set, else
// on the samples. Compare figures of one run with each other: machines differ.
#include <algorithm>
#include <map>

#include <benchmark/benchmark.h>

#include "daemon/history.h"
#include "daemon/rebuilding.h"
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

/// The list of the edition that so many in a hundred come before.
daemon::Candidate edition_after(const std::vector<daemon::Candidate>& lists, std::size_t percent) {
  const auto all = corpus::read_all(lists);
  const auto arranged = tracking::arrange(all.sightings, {});
  const auto& document = arranged[arranged.size() * percent / 100].edition.document;
  return *std::ranges::find_if(
      lists, [&](const daemon::Candidate& list) { return sha256(list.bytes) == document; });
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
    benchmark::DoNotOptimize(tracking::refold({}, arranged,
                                              [&](std::size_t number) -> const Reading& {
                                                return readings.at(
                                                    arranged[number].edition.document);
                                              },
                                              {}, {}));
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
      daemon::import_lists(store, all_lists(), {}, SystemClock());
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
    daemon::import_lists(store, all_lists(), {}, SystemClock());
    for (auto iteration : state) daemon::import_lists(store, all_lists(), {}, SystemClock());
  }
  cluster.drop_database(database);
}

/// What a rebuild looks at: all documents read and folded from the beginning, and compared.
void refold_all_lists(benchmark::State& state) {
  auto& cluster = testing::Cluster::get();
  const auto database = cluster.create_database();
  {
    storage::Store store(cluster.uri(database, "postgres"));
    daemon::import_lists(store, all_lists(), {}, SystemClock());
    for (auto iteration : state)
      benchmark::DoNotOptimize(daemon::rebuild(store, {.dry_run = true}, SystemClock()));
  }
  cluster.drop_database(database);
}

/// A list that arrives when all others are there: from its edition on, all is folded again. The
/// argument is how many of a hundred editions come before it.
void import_one_late_list(benchmark::State& state) {
  auto& cluster = testing::Cluster::get();
  auto lists = all_lists();
  const auto late = edition_after(lists, static_cast<std::size_t>(state.range(0)));
  std::erase_if(lists, [&](const auto& list) { return list.bytes == late.bytes; });
  for (auto iteration : state) {
    state.PauseTiming();
    const auto database = cluster.create_database();
    {
      storage::Store store(cluster.uri(database, "postgres"));
      daemon::import_lists(store, lists, {}, SystemClock());
      state.ResumeTiming();
      daemon::import_lists(store, {late}, {.yes = true}, SystemClock());
      state.PauseTiming();
    }
    cluster.drop_database(database);
    state.ResumeTiming();
  }
}

BENCHMARK(parse_largest_list)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_all_lists)->Unit(benchmark::kMillisecond);
BENCHMARK(fold_all_lists)->Unit(benchmark::kMillisecond);
BENCHMARK(import_all_lists)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(import_all_lists_again)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(refold_all_lists)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(import_one_late_list)
    ->Arg(0)
    ->Arg(50)
    ->Arg(95)
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace agreementd::bench

BENCHMARK_MAIN();
