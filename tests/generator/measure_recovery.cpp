// measure_recovery [--agreements N] [--editions N] [--seeds N] [--noise FACTOR...] [--mistakes]:
// how well the program recovers a known history, as CSV: one line for each factor of noise and
// kind of event. Plotted by docs/recovery.gnuplot; read in docs/identity.md.
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/generator/trial.h"

namespace {

using agreementd::generator::Score;
using agreementd::generator::Tally;

void print_line(double noise, std::string_view kind, const Tally& tally, const Score& score) {
  fmt::print("{},{},{},{},{},{:.4f},{:.4f},{},{},{},{},{},{},{}\n", noise, kind, tally.told,
             tally.due, tally.right, tally.precision(), tally.recall(), tally.unconfirmed_wrong,
             score.agreements, score.fused, score.split, score.reviews, score.believed,
             score.doubted);
}

void print(double noise, const Score& score) {
  for (std::size_t i = 0; i < agreementd::generator::kinds; ++i)
    print_line(noise, name_of(static_cast<agreementd::generator::Kind>(i)), score.by_kind[i],
               score);
  print_line(noise, "all", score.total(), score);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"how well a known history is recovered"};
  agreementd::generator::TrialOptions options;
  std::vector<double> factors{0, 0.5, 1, 2, 4, 8};
  int seeds = 5;
  std::uint64_t first_seed = 1;
  bool mistakes = false;
  app.add_option("--agreements", options.world.agreements);
  app.add_option("--editions", options.world.editions, "of each list");
  app.add_option("--seeds", seeds, "how many worlds");
  app.add_option("--first-seed", first_seed);
  app.add_option("--noise", factors, "times the noise of the real lists");
  app.add_flag("--mistakes", mistakes, "print them, on stderr");
  std::optional<std::size_t> hidden;
  app.add_option("--story", hidden, "only print how this hidden agreement is printed");
  CLI11_PARSE(app, argc, argv);
  if (hidden) {
    options.noise = factors.front();
    options.world.seed = first_seed;
    for (const auto& line : story_of(options, *hidden)) fmt::print("{}\n", line);
    return 0;
  }
  fmt::print(
      "noise,kind,told,due,right,precision,recall,unconfirmed_wrong,agreements,fused,split,"
      "reviews,believed,doubted\n");
  for (const double factor : factors) {
    Score all;
    for (int seed = 0; seed < seeds; ++seed) {
      options.noise = factor;
      options.world.seed = first_seed + static_cast<std::uint64_t>(seed);
      all += try_recovery(options);
    }
    print(factor, all);
    std::fflush(stdout);
    if (mistakes)
      for (const auto& mistake : all.mistakes) fmt::print(stderr, "{}: {}\n", factor, mistake);
  }
  return 0;
}
