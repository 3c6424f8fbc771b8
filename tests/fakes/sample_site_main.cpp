// The sample lists, served edition by edition: what scripts/quickstart polls.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/fakes/sample_site.h"

namespace {

using agreementd::fakes::SampleList;

/// `the participating list of 2025-03-06, participatingAgencies03062025pm.xlsx`.
std::string describe(const SampleList& list) {
  return fmt::format("the {} list of {}, {}", agreementd::to_string(list.list),
                     agreementd::to_string(agreementd::new_york_date(list.published)),
                     list.file_name);
}

void serve(const std::string& folder, int port) {
  agreementd::fakes::Site site(port);
  agreementd::fakes::SampleSite samples(site, agreementd::fakes::sample_timeline(folder));
  std::cout << samples.page_url() << '\n' << std::flush;
  for (std::string line; std::getline(std::cin, line);) {
    std::vector<std::string> appeared;
    for (const auto* list : samples.advance()) appeared.push_back(describe(*list));
    std::cout << fmt::format("{}", fmt::join(appeared, "; ")) << '\n' << std::flush;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(
        stderr,
        "usage: sample_site FOLDER [PORT]\n"
        "Serves the lists in FOLDER on loopback and prints the page's URL; each line it reads "
        "publishes\nthe next ones and prints which; an empty line: there are no more. Ends with "
        "its input.\n");
    return 2;
  }
  try {
    serve(argv[1], argc == 3 ? std::stoi(argv[2]) : 0);
    return EXIT_SUCCESS;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "sample_site: {}\n", failure.what());
    return EXIT_FAILURE;
  }
}
