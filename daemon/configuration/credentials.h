#pragma once

#include <string>

namespace agreementd::daemon {

/// Where the package keeps secrets: files that root alone may read.
inline constexpr const char* credentials_folder = "/etc/agreementd/credentials";

/// Has libpq take passwords from the credential `pgpass` that systemd passed to this process
/// (LoadCredential=), unless PGPASSFILE is set or there is none.
void use_passed_credentials();

/// The bytes of a secret: the credential of that name that systemd passed to this process, else the
/// file in `credentials_folder`. Failure where it cannot be read: what to do, for whom.
std::string credential(const std::string& name);

/// The rights of the service, for a command that root runs: its user and groups, and its `pgpass`.
/// Nothing where we are not root, or there is no such user. Failure where it cannot be.
void become_service(const std::string& user);

}  // namespace agreementd::daemon
