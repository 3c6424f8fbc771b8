#include <filesystem>
#include <system_error>

#include "daemon/configuration/configuration.h"
#include "daemon/files.h"

namespace agreementd::daemon {

ConfigurationReading load_configuration(const std::string& path) {
  constexpr std::size_t limit = 1U << 20U;
  std::error_code ignored;
  if (!path.empty()) return read_configuration(read_file(path, limit), path);
  if (!std::filesystem::exists(default_configuration_file, ignored)) return {};
  return read_configuration(read_file(default_configuration_file, limit),
                            default_configuration_file);
}

}  // namespace agreementd::daemon
