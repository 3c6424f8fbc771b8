#pragma once

#include <string>
#include <vector>

#include "storage/store.h"

namespace agreementd::storage {

/// Whether libpq takes it for one: a `postgresql://` URI or `key=value` pairs.
bool is_connection_string(const std::string& text);
/// The schema this program was made for: the number of its last migration.
int newest_schema();
/// What the database has; 0 where agreementd's schema is not there.
int stored_schema(Store& store);
/// Applies the missing migrations, each in its own transaction, its version row last. Answers their
/// names. Needs the owner role (SET ROLE agreementd_owner where the login is a member of it).
std::vector<std::string> migrate(Store& store);
/// Creates the database that `uri` names where its server has none of that name, through the
/// server's database `postgres`. Answers its name; empty where it is there, or nobody can say.
/// Failure where this login may not create it.
std::string create_database(const std::string& uri);
/// Creates the roles that are missing (agreementd_owner, agreementd_writer, agreementd, which is
/// the service's user by its name, and agreementd_reader), gives them the database, and migrates.
/// Answers what it did, `role NAME` or `migration NAME` each. Needs a superuser, or a role that may
/// create roles and owns the database.
std::vector<std::string> setup(Store& store);

}  // namespace agreementd::storage
