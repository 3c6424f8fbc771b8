#include <memory>

#include <libpq-fe.h>

#include "model/result.h"
#include "storage/connection.h"
#include "storage/schema.h"
#include "storage/values.h"

namespace agreementd::storage {
namespace {

/// What libpq makes of a connection string, its environment and service files: libpqxx does not
/// say where it could not connect. Empty where it makes nothing of it.
std::string database_named_by(const std::string& uri) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectStart(uri.c_str()),
                                                                &PQfinish);
  const char* name = connection ? PQdb(connection.get()) : nullptr;
  return name == nullptr ? "" : name;
}

/// In both forms of a connection string the last mention of a setting counts:
/// https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING
std::string with_database(const std::string& uri, const std::string& name) {
  const bool is_uri = uri.starts_with("postgresql://") || uri.starts_with("postgres://");
  if (!is_uri) return uri + " dbname=" + name;
  return uri + (uri.find('?') == std::string::npos ? "?" : "&") + "dbname=" + name;
}

void require_right_to_create(Transaction& transaction, const std::string& name) {
  const auto row =
      transaction
          .query(
              "SELECT rolsuper OR rolcreatedb, rolname FROM pg_roles WHERE rolname = current_user")
          .rows.at(0);
  if (!read_bool(row[0]))
    throw Failure("there is no database " + name + ", and the login " + read_text(row[1]) +
                  " may not create it: run agreementctl setup as a superuser of the server");
}

}  // namespace

bool is_connection_string(const std::string& text) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(text.c_str(), &error), &PQconninfoFree);
  PQfreemem(error);
  return options != nullptr;
}

std::string create_database(const std::string& uri) {
  auto name = database_named_by(uri);
  if (name.empty()) return "";
  std::unique_ptr<Store> server;
  try {
    server = std::make_unique<Store>(with_database(uri, "postgres"));
  } catch (const Failure&) {
    return "";  // connecting to the database itself will say what is wrong
  }
  std::string statement;
  {
    const auto transaction = server->connection().begin();
    if (!transaction->query("SELECT FROM pg_database WHERE datname = $1", {name}).rows.empty())
      return "";
    require_right_to_create(*transaction, name);
    // The server quotes the name. The lists are UTF-8, whatever its other databases are.
    statement = read_text(
        transaction
            ->query(
                "SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING UTF8', $1::text)",
                {name})
            .rows.at(0)
            .at(0));
  }
  server->connection().execute_alone(statement);
  return name;
}

}  // namespace agreementd::storage
