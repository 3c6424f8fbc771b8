#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracking/rules.h"

namespace agreementd::daemon {

/// Read where no `--config` is given and it exists.
inline constexpr const char* default_configuration_file = "/etc/agreementd/agreementd.toml";

/// What the configuration file says; what it leaves out has these defaults.
struct Configuration {
  std::string file;      ///< where it was read; empty: nowhere
  std::string database;  ///< libpq connection string; empty: not set
  tracking::Plausibility plausibility;
};

struct ConfigurationReading {
  Configuration configuration;
  /// One line each, `FILE:LINE:COLUMN: what is wrong: what to do`, in the order of the file. Where
  /// there are any the configuration must not be used.
  std::vector<std::string> problems;
};

/// Reads TOML 1.0 text. Unknown keys and tables, wrong types and numbers out of range are problems.
/// `file` is used in messages.
ConfigurationReading read_configuration(std::string_view text, const std::string& file);

/// Reads `path`, or where it is empty the default file if that exists, else nothing. Failure where
/// the file cannot be read.
ConfigurationReading load_configuration(const std::string& path);

/// The configuration as TOML that gives it again, defaults included.
std::string to_toml(const Configuration& configuration);

}  // namespace agreementd::daemon
