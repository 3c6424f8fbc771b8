#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracking/rules.h"

namespace agreementd::daemon {

/// Read where no `--config` is given and it exists.
inline constexpr const char* default_configuration_file = "/etc/agreementd/agreementd.toml";

/// Where the lists come from.
struct Source {
  std::string page;                ///< URL of the page that links them; empty: not set
  std::string contact;             ///< a URL or address, told to the source with every request
  std::vector<std::string> hosts;  ///< where links may lead beside the page's own host
  std::string ca_file;             ///< PEM of the authorities to trust; empty: the system's
};

/// What the configuration file says; what it leaves out has these defaults.
struct Configuration {
  std::string file;      ///< where it was read; empty: nowhere
  std::string database;  ///< libpq connection string; empty: not set
  Source source;
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
