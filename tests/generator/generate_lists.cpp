// generate_lists [--seed N] [--editions N] [--agreements N] [--noise FACTOR] DIRECTORY: writes the
// editions of a generated world as workbooks, for trying out whole programs:
// `agreementctl import DIRECTORY`.
#include <cstdlib>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/generator/files.h"
#include "tests/generator/noise.h"
#include "tests/generator/press.h"
#include "tests/generator/world.h"

namespace {

using namespace agreementd::generator;

void generate(const WorldOptions& options, double noise, const std::string& directory) {
  const auto world = make_world(options);
  Press press(world, Noise::as_measured().times(noise), options.seed);
  std::size_t editions = 0, rows = 0;
  while (const auto publication = press.next()) {
    write_workbook(*publication, directory);
    ++editions;
    rows += publication->owners.size();
  }
  fmt::print("{} editions with {} rows in {}\n", editions, rows, directory);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Writes lists as ICE might have published them."};
  WorldOptions options;
  double noise = 1;
  std::string directory;
  app.add_option("--seed", options.seed, "the same seed gives the same files");
  app.add_option("--editions", options.editions, "of each list");
  app.add_option("--agreements", options.agreements, "that are listed at some time, about");
  app.add_option("--noise", noise, "times what the real lists have");
  app.add_option("DIRECTORY", directory)->required();
  CLI11_PARSE(app, argc, argv);
  try {
    generate(options, noise, directory);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "generate_lists: {}\n", failure.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
