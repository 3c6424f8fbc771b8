#include "storage/store.h"

#include "model/result.h"
#include "storage/connection.h"
#include "storage/schema.h"

namespace agreementd::storage {

Store::Store(const std::string& uri, const std::optional<Patience>& patience)
    : connection_(std::make_unique<Connection>(uri, patience)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

void Store::require_schema() {
  const int stored = stored_schema(*this);
  const int ours = newest_schema();
  if (stored == ours) return;
  if (stored == 0)
    throw Failure("the database has no schema agreementd yet: run agreementctl setup");
  const auto versions =
      "schema " + std::to_string(stored) + ", this program is for " + std::to_string(ours);
  throw Failure(stored < ours ? "the database has " + versions + ": run agreementctl migrate"
                              : "the database has " + versions + ": upgrade agreementd");
}

bool Store::try_to_lead() {
  const auto transaction = connection_->begin();
  // The server's side of keepalives; ours is in the connection string
  // (daemon/configuration/database_uri.h).
  transaction->execute(
      "SET SESSION tcp_keepalives_idle = 10; SET SESSION tcp_keepalives_interval = 5;"
      "SET SESSION tcp_keepalives_count = 2;"
      // Waiting for a lock it sees that its client is gone, and gives up the lead.
      "SET SESSION client_connection_check_interval = 10000");
  // One that polls cannot wait for another's long write (a rebuild) until its watchdog bites.
  transaction->query(
      "SELECT set_config('lock_timeout', '60s', false) WHERE current_setting('lock_timeout') = "
      "'0'");
  // The key is the characters "leader" as a number.
  const auto taken = transaction->query(R"sql(
SELECT EXISTS (
  SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
    AND classid = 27749 AND objid = 1633969522) OR pg_try_advisory_lock(119182681466226))sql");
  transaction->commit();
  return taken.rows.at(0).at(0) == "true";
}

std::string Store::session() {
  const auto row = connection_
                       ->query(
                           "SELECT pid || ' ' || backend_start FROM pg_stat_activity"
                           " WHERE pid = pg_backend_pid()")
                       .rows.at(0);
  return row.at(0).value_or("");
}

bool Store::end_session(const std::string& session) {
  const auto rows = connection_
                        ->query(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE pid || ' ' || backend_start = $1",
                            {session})
                        .rows;
  return !rows.empty();
}

bool Store::is_there() noexcept {
  try {
    connection_->query("SELECT");
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace agreementd::storage
