#include "storage/schema.h"

#include "model/result.h"
#include "storage/connection.h"
#include "storage/migrations.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

constexpr int oldest_server = 150000;  // server_version_num of PostgreSQL 15

/// In this transaction only.
void become_owner(Transaction& transaction) {
  const auto role =
      transaction.query("SELECT FROM pg_roles WHERE rolname = 'agreementd_owner'").rows;
  if (role.empty())
    throw Failure("the database server has no role agreementd_owner: run agreementctl setup");
  transaction.execute("SET LOCAL ROLE agreementd_owner");
}

void require_server(Transaction& transaction) {
  const auto version = transaction.query("SHOW server_version_num").rows.at(0).at(0);
  if (read_integer(version) < oldest_server)
    throw Failure("the database server is older than PostgreSQL 15: upgrade it");
}

/// Said before the server says it in its words, which do not tell who may.
void require_rights_to_set_up(Transaction& transaction) {
  const auto row = transaction
                       .query(
                           "SELECT rolsuper OR rolcreaterole AND pg_has_role(datdba, 'USAGE'),"
                           " rolname, datname FROM pg_roles, pg_database"
                           " WHERE rolname = current_user AND datname = current_database()")
                       .rows.at(0);
  if (!read_bool(row[0]))
    throw Failure("the login " + read_text(row[1]) + " may not set up the database " +
                  read_text(row[2]) +
                  ": run agreementctl setup as a superuser of the server, or as a role that may "
                  "create roles and owns the database");
}

/// A database that `setup` has not prepared lets nobody create the schema.
void require_set_up(Transaction& transaction) {
  if (applied_version(transaction) > 0) return;
  const auto prepared = transaction.query(
      "SELECT FROM pg_roles WHERE rolname = 'agreementd_owner'"
      " AND has_database_privilege(oid, current_database(), 'CREATE')");
  if (prepared.rows.empty())
    throw Failure(
        "the database is not set up for agreementd yet: run agreementctl setup as a superuser of "
        "the server");
}

/// False where another had applied it.
bool apply_one(Store::Connection& connection, const Migration& migration) {
  const auto transaction = connection.begin();
  transaction->take_writer_lock();
  become_owner(*transaction);
  if (applied_version(*transaction) >= migration.version) return false;
  transaction->execute(migration.sql);
  transaction->execute("INSERT INTO schema_version (version, name) VALUES ($1, $2)",
                       {to_value(migration.version), migration.name});
  transaction->commit();
  return true;
}

bool create_role(Transaction& transaction, const std::string& name, const std::string& options) {
  if (!transaction.query("SELECT FROM pg_roles WHERE rolname = $1", {name}).rows.empty())
    return false;
  transaction.execute("CREATE ROLE " + name + " " + options);
  return true;
}

// `setup` may be run by one who is no superuser but may create roles: to do SET ROLE that login
// must be a member of the owner too (from PostgreSQL 16 on, creating a role gives no such right).
constexpr auto grants = R"sql(
GRANT agreementd_owner TO agreementd_writer;
DO $$
BEGIN
  EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO agreementd_owner', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO agreementd_writer, agreementd_reader',
    current_database());
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT agreementd_owner TO %I', current_user);
  END IF;
END $$)sql";

}  // namespace

int applied_version(Transaction& transaction) {
  const auto table = transaction.query(
      "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " WHERE n.nspname = 'agreementd' AND c.relname = 'schema_version'");
  if (table.rows.empty()) return 0;
  const auto version =
      transaction.query("SELECT coalesce(max(version), 0) FROM agreementd.schema_version");
  return read_int(version.rows.at(0).at(0));
}

std::vector<std::string> apply(Store::Connection& connection,
                               const std::vector<Migration>& migrations) {
  int applied = 0;
  {
    // Where there is nothing to do nobody who writes is waited for.
    const auto transaction = connection.begin();
    require_server(*transaction);
    applied = applied_version(*transaction);
  }
  std::vector<std::string> names;
  for (const auto& migration : migrations)
    if (migration.version > applied && apply_one(connection, migration))
      names.push_back(migration.name);
  return names;
}

int newest_schema() { return migrations().back().version; }

int stored_schema(Store& store) { return applied_version(*store.connection().begin()); }

std::vector<std::string> migrate(Store& store) {
  require_set_up(*store.connection().begin());
  return apply(store.connection(), migrations());
}

std::vector<std::string> setup(Store& store) {
  std::vector<std::string> done;
  {
    const auto transaction = store.connection().begin();
    require_server(*transaction);
    require_rights_to_set_up(*transaction);
    // `agreementd` is the service's user on this machine: by its name the server knows it (peer).
    // The group of those who read: a person's login is made a member of it.
    const std::pair<std::string, std::string> roles[] = {
        {"agreementd_owner", "NOLOGIN"},
        {"agreementd_writer", "LOGIN NOINHERIT"},
        {"agreementd", "LOGIN IN ROLE agreementd_writer"},
        {"agreementd_reader", "NOLOGIN"}};
    for (const auto& [name, options] : roles)
      if (create_role(*transaction, name, options)) done.push_back("role " + name);
    transaction->execute(grants);
    transaction->commit();
  }
  for (const auto& name : migrate(store)) done.push_back("migration " + name);
  return done;
}

}  // namespace agreementd::storage
