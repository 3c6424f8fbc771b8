// agreementd with a fault: where its state directory has a file `stall`, the loop does nothing any
// more, for ever, while its other threads go on. For the test of the watchdog.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "daemon/service/agreementd.h"

int main(int argument_count, char** arguments) {
  using namespace agreementd::daemon;
  Console console(stdout, stderr, "agreementd");
  const char* folder = std::getenv("STATE_DIRECTORY");
  const auto stall = std::string(folder == nullptr ? "." : folder) + "/stall";
  const std::vector<std::string> words(arguments + std::min(argument_count, 1),
                                       arguments + argument_count);
  return static_cast<int>(run_agreementd(words, console, [&] {
    std::error_code ignored;
    while (std::filesystem::exists(stall, ignored))
      std::this_thread::sleep_for(std::chrono::hours(1));
  }));
}
