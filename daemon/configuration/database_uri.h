#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace agreementd::daemon {

/// Whether a libpq connection string (a `postgresql://` URI or `key=value` pairs) holds a password:
/// in the user part, as `password` or `sslpassword`, percent-encoded or not. Format:
/// https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING
bool holds_password(std::string_view connection);

/// The connection string with limits: a dead other end is found out within half a minute, and an
/// address that does not answer is given up after four seconds (a name may have two, and who is
/// told to stop has ten). What it says itself of these counts.
std::string with_limits(std::string_view connection);

/// The places a database can be named in, the first one given counts. Empty: not given.
struct DatabaseSources {
  std::string option;         ///< `--database`
  std::string environment;    ///< AGREEMENTD_DATABASE
  std::string configuration;  ///< `database` in the configuration file
};

/// The connection string to use. Failure (usage) where none is given, or where the one that counts
/// holds a password, which others on the machine could read in the list of processes or in the
/// file; the message never repeats it.
std::string choose_database(const DatabaseSources& sources);

}  // namespace agreementd::daemon
