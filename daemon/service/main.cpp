#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "daemon/service/agreementd.h"

int main(int argument_count, char** arguments) {
  using namespace agreementd::daemon;
  Console console(stdout, stderr, "agreementd");
  const std::vector<std::string> words(arguments + std::min(argument_count, 1),
                                       arguments + argument_count);
  return static_cast<int>(run_agreementd(words, console));
}
