// What millions of rows cost: lists of a generated world, printed, read and folded edition by
// edition. The argument is how many editions of each list there are.
#include <benchmark/benchmark.h>

#include "tests/generator/noise.h"
#include "tests/generator/press.h"
#include "tests/generator/read_back.h"
#include "tests/generator/trial.h"

namespace agreementd::bench {
namespace {

generator::WorldOptions world_of(const benchmark::State& state) {
  return {.seed = 1, .agreements = 1400, .editions = static_cast<int>(state.range(0))};
}

void print_generated_lists(benchmark::State& state) {
  const auto world = generator::make_world(world_of(state));
  std::int64_t rows = 0;
  for (auto iteration : state) {
    generator::Press press(world, generator::Noise::as_measured(), 1);
    while (const auto publication = press.next())
      rows += static_cast<std::int64_t>(publication->owners.size());
  }
  state.SetItemsProcessed(rows);
}

void read_generated_lists(benchmark::State& state) {
  const auto world = generator::make_world(world_of(state));
  std::int64_t rows = 0;
  for (auto iteration : state) {
    generator::Press press(world, generator::Noise::as_measured(), 1);
    while (const auto publication = press.next())
      rows += static_cast<std::int64_t>(generator::reading_of(publication->text).listings.size());
  }
  state.SetItemsProcessed(rows);
}

/// Printed and read twice, folded and scored.
void recover_generated_history(benchmark::State& state) {
  for (auto iteration : state)
    benchmark::DoNotOptimize(generator::try_recovery({world_of(state), 1}));
}

BENCHMARK(print_generated_lists)->Arg(200)->Arg(2000)->Unit(benchmark::kSecond);
BENCHMARK(read_generated_lists)->Arg(200)->Arg(2000)->Unit(benchmark::kSecond);
BENCHMARK(recover_generated_history)->Arg(200)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace agreementd::bench
