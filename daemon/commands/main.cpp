#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "daemon/commands/commands.h"

int main(int argument_count, char** arguments) {
  using namespace agreementd;
  const char* database = std::getenv("AGREEMENTD_DATABASE");
  daemon::Console console(stdout, stderr);
  const SystemClock clock;
  const std::vector<std::string> words(arguments + std::min(argument_count, 1),
                                       arguments + argument_count);
  return static_cast<int>(
      daemon::run_agreementctl(words, database == nullptr ? "" : database, console, clock));
}
