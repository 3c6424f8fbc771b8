#include "daemon/service/leadership.h"

#include <filesystem>
#include <utility>

#include "daemon/files.h"
#include "model/result.h"

namespace agreementd::daemon {

namespace fs = std::filesystem;

Leadership::Leadership(std::string database, std::string mark, storage::Patience patience,
                       Journal& journal)
    : database_(std::move(database)),
      mark_(std::move(mark)),
      patience_(std::move(patience)),
      journal_(journal) {
  std::error_code ignored;
  led_ = fs::exists(mark_, ignored);
}

bool Leadership::renew() {
  if (role_ == Role::away)
    connect();
  else
    store_->require_schema();  // a newer program may have migrated it
  const bool leads = store_->try_to_lead();
  if (!leads && is_held_by_our_former_self())
    throw Failure("the database hangs: it holds on to a connection that was given up",
                  ExitStatus::database_unreachable);
  if (!std::exchange(trouble_, "").empty())
    journal_.write(Level::info, "the database is there again");
  if (!leads) stand_by();
  if (!leads || role_ == Role::leader) return false;
  lead();
  return true;
}

/// A connection that hangs keeps the lead of the one that gave it up: that is an outage, and no
/// other instance.
bool Leadership::is_held_by_our_former_self() {
  return !session_.empty() && store_->end_session(session_);
}

void Leadership::connect() {
  storage::Store store(database_, patience_);
  store.require_schema();
  store_.emplace(std::move(store));
  role_ = Role::standby;
}

void Leadership::lead() {
  leave_mark();
  role_ = Role::leader;
  session_ = store_->session();
  led_ = true;
  told_standby_ = false;
}

/// It leads all the same where it cannot.
void Leadership::leave_mark() {
  try {
    write_file(mark_, "", true);
  } catch (const Failure& failure) {
    journal_.write(Level::warning,
                   std::string(failure.what()) +
                       ": make room there; until then it would not poll after a restart while the "
                       "database is away");
  }
}

void Leadership::stand_by() {
  role_ = Role::standby;
  led_ = false;
  std::error_code ignored;
  fs::remove(mark_, ignored);
  if (!std::exchange(told_standby_, true))
    journal_.write(Level::info, "stands by: another agreementd polls");
}

void Leadership::lost(const std::string& why) {
  store_.reset();
  role_ = Role::away;
  if (trouble_ == why) return;
  trouble_ = why;
  journal_.write(Level::error, why + (led_ ? ": what is fetched waits in the spool"
                                           : ": it polls again when it leads again"));
}

bool Leadership::polls() const { return role_ == Role::leader || (role_ == Role::away && led_); }

}  // namespace agreementd::daemon
