#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tracking/rules.h"

namespace agreementd::daemon {

/// Read where no `--config` is given and it exists.
inline constexpr const char* default_configuration_file = "/etc/agreementd/agreementd.toml";

/// Where the lists come from, and how often they are asked for.
struct Source {
  std::string page;                  ///< URL of the page that links them; empty: not set
  std::string contact;               ///< a URL or address, told to the source with every request
  std::vector<std::string> hosts;    ///< where links may lead beside the page's own host
  std::string ca_file;               ///< PEM of the authorities to trust; empty: the system's
  std::chrono::seconds every{3600};  ///< between polls
  std::chrono::seconds retry{120};   ///< after the first failure; then doubled
  std::chrono::seconds unlinked_after{86'400};     ///< a link missing for longer is told
  std::chrono::seconds silent_after{14 * 86'400};  ///< no new edition for longer is told
};

/// Health, metrics and feeds.
struct Http {
  std::string listen = "127.0.0.1:9287";  ///< empty: none
  std::string public_url;                 ///< without a slash at the end; empty: none

  bool operator==(const Http&) const = default;
};

/// What is fetched while the database is away.
struct SpoolSettings {
  std::string folder;               ///< empty: `spool` in the service's state directory
  std::uint64_t size = 1ULL << 30;  ///< bytes at most
};

/// Somebody who is told of changes, or of what the operator must know: one `[[alert]]`. What the
/// texts may be is said, and checked, in the table of keys; `daemon/configuration/alert_sinks.h`
/// makes sinks of it.
struct Alert {
  std::string name;
  std::string kind;             ///< `webhook`, `slack`, `email`, `file`
  std::string whom = "reader";  ///< `reader` or `operator`
  std::string url;              ///< of a webhook; of the mail server
  std::string secret;           ///< name of the credential's file; empty: none
  bool private_addresses = false;
  std::string path;  ///< of a file
  std::string from;
  std::vector<std::string> to;
  std::string user;     ///< at the mail server; empty: nobody asks
  std::string list_id;  ///< empty: made of the name and the host of `from`
  std::string digest = "edition";
  std::chrono::seconds delay{0};
  bool fold_signings = true;
  std::vector<std::string> lists, kinds, states, models, agencies;  ///< empty: any
  std::vector<std::string> significance{"substantive"};
  std::vector<std::string> causes{"edition"};
  bool unconfirmed = true;

  bool operator==(const Alert&) const = default;
};

/// What the configuration file says; what it leaves out has these defaults.
struct Configuration {
  std::string file;      ///< where it was read; empty: nowhere
  std::string database;  ///< libpq connection string; empty: not set
  Source source;
  Http http;
  SpoolSettings spool;
  tracking::Plausibility plausibility;
  std::vector<Alert> alerts;  ///< names differ
};

struct ConfigurationReading {
  Configuration configuration;
  /// One line each, `FILE:LINE:COLUMN: what is wrong: what to do`, in the order of the file. Where
  /// there are any the configuration must not be used.
  std::vector<std::string> problems;
};

/// Reads TOML 1.0 text. Unknown keys and tables, wrong types and values out of range are problems.
/// `file` is used in messages.
ConfigurationReading read_configuration(std::string_view text, const std::string& file);

/// Reads `path`, or where it is empty the default file if that exists, else nothing. Failure where
/// the file cannot be read.
ConfigurationReading load_configuration(const std::string& path);

/// The configuration as TOML that gives it again, defaults included.
std::string to_toml(const Configuration& configuration);

/// The file as it is shipped: every key explained, each with its default and commented out.
std::string sample_configuration();

/// The same as the body of a manual page (roff, man(7)): a `.TP` for each key.
std::string configuration_manual();

}  // namespace agreementd::daemon
