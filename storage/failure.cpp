#include "storage/failure.h"

#include <string_view>

namespace agreementd::storage {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// The first line, without the word that says how bad it is.
std::string first_line(std::string_view message) {
  auto line = message.substr(0, message.find('\n'));
  for (const std::string_view prefix : {"ERROR:", "FATAL:"})
    if (line.substr(0, prefix.size()) == prefix) line.remove_prefix(prefix.size());
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  return std::string(line);
}

std::string what_to_do_to_connect(const std::string& message) {
  if (contains(message, "database \"") && contains(message, "does not exist"))
    return "run agreementctl setup as a superuser of the server: it creates it";
  if (contains(message, "role \"") && contains(message, "does not exist"))
    return "run agreementctl setup as a database superuser, or name another user";
  if (contains(message, "assword"))
    return "put the right password into the password file (the service's is "
           "/etc/agreementd/credentials/pgpass, else PGPASSFILE or ~/.pgpass) or a service file";
  if (contains(message, "authentication") || contains(message, "pg_hba.conf"))
    return "name the user this login may be, or allow it in the server's pg_hba.conf";
  return "start PostgreSQL, or correct the database URI (--database, or the configuration)";
}

}  // namespace

Failure connection_failure(const std::string& message) {
  auto line = first_line(message);
  const bool safe = line.rfind("connection to server", 0) == 0 ||
                    line.rfind("definition of service", 0) == 0 ||
                    line.rfind("service file", 0) == 0 || line.rfind("root certificate", 0) == 0;
  if (!safe)
    line = contains(message, "could not translate host name")
               ? "its host name is not known"
               : "its URI or settings cannot be used";
  return Failure("cannot connect to the database: " + line + ": " + what_to_do_to_connect(message),
                 ExitStatus::database_unreachable);
}

Failure lost_connection(bool committing) {
  return Failure(
      committing ? "the database went away during a commit: start PostgreSQL, then try again: what "
                   "was stored is not stored twice"
                 : "the database went away: nothing of this step was stored: start PostgreSQL, "
                   "then try again",
      ExitStatus::database_unreachable);
}

Failure statement_failure(const std::string& message, const std::string& sqlstate) {
  const auto line = first_line(message);
  const std::string_view state = sqlstate;
  if (state.substr(0, 2) == "08" || state == "57P01" || state == "57P02" || state == "57P03")
    return lost_connection(false);
  if (state == "42501")
    return Failure("the database refused: " + line +
                   ": this is for agreementd_writer, the service's login; members of "
                   "agreementd_reader read the views of schema agreementd");
  if (state == "42P01" || state == "3F000" || state == "42703" || state == "42883")
    return Failure("the database has another schema than this program: " + line +
                   ": run agreementctl migrate");
  if (state == "53100" || state == "53200" || state == "53300")
    return Failure("the database server has run short: " + line + ": give it room, then try again");
  if (state == "55P03")
    return Failure(
        "the database is busy: another has been writing the history for long: try again "
        "when that has ended");
  if (state == "40001" || state == "40P01" || state == "57014")
    return Failure("the database broke off: " + line + ": try again");
  return Failure("the database refused: " + line + ": nothing of this step was stored");
}

}  // namespace agreementd::storage
