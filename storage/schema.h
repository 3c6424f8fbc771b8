#pragma once

#include <string>
#include <vector>

#include "storage/store.h"

namespace agreementd::storage {

/// The schema this program was made for: the number of its last migration.
int newest_schema();
/// What the database has; 0 where agreementd's schema is not there.
int stored_schema(Store& store);
/// Applies the missing migrations, each in its own transaction, its version row last. Answers their
/// names. Needs the owner role (SET ROLE agreementd_owner where the login is a member of it).
std::vector<std::string> migrate(Store& store);
/// Creates the roles that are missing (agreementd_owner, agreementd_writer, agreementd_reader),
/// gives them the database, and migrates. Answers what it did, `role NAME` or `migration NAME`
/// each. Needs a superuser, or a role that may create roles and owns the database.
std::vector<std::string> setup(Store& store);

}  // namespace agreementd::storage
