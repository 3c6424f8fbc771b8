// agreementd_manuals DIRECTORY: writes the shipped configuration, the manual pages and the
// completion there, for the package.
#include <cstdio>
#include <exception>
#include <string>

#include "daemon/commands/manuals.h"
#include "daemon/configuration/configuration.h"
#include "daemon/files.h"

int main(int argument_count, char** arguments) {
  using namespace agreementd::daemon;
  if (argument_count != 2) return 2;
  const std::string directory = arguments[1];
  try {
    write_file(directory + "/agreementd.toml", sample_configuration(), true);
    write_file(directory + "/agreementd.toml.5", agreementd_toml_manual(), true);
    write_file(directory + "/agreementctl.1", agreementctl_manual(), true);
    write_file(directory + "/agreementctl.bash", bash_completion(), true);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "agreementd_manuals: %s\n", failure.what());
    return 1;
  }
  return 0;
}
