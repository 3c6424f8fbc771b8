#include <utility>

#include "storage/connection.h"
#include "storage/history.h"
#include "storage/inputs.h"
#include "storage/notices.h"
#include "storage/store.h"
#include "storage/values.h"

/// Looking, and the second transaction: consequences. There every statement sees what was committed
/// before it began (READ COMMITTED). As whoever writes holds the lock, that is one state for all of
/// them; a snapshot of the whole transaction would be older than the lock it waited for.
namespace agreementd::storage {
namespace {

/// The part of Consequences that only reads, or all of Records.
template <typename Interface>
class Stored : public Interface {
 public:
  explicit Stored(std::unique_ptr<Transaction> transaction)
      : transaction_(std::move(transaction)) {}

  Inputs inputs() override { return load_inputs(*transaction_); }
  StoredHistory history() override { return load_history(*transaction_); }
  std::string document(const Sha256& sha256) override {
    return load_document(*transaction_, sha256);
  }
  std::vector<DocumentReading> readings() override { return load_readings(*transaction_); }
  std::vector<std::int64_t> unfolded() override {
    std::vector<std::int64_t> fetches;
    for (const auto& row :
         transaction_->query("SELECT fetch_id FROM unfolded ORDER BY fetch_id").rows)
      fetches.push_back(read_integer(row[0]));
    return fetches;
  }
  std::int64_t last_run() override {
    return read_integer(
        transaction_->query("SELECT coalesce(max(run_id), 0) FROM runs").rows.at(0).at(0));
  }

 protected:
  std::unique_ptr<Transaction> transaction_;
};

class StoredConsequences final : public Stored<Consequences> {
 public:
  explicit StoredConsequences(std::unique_ptr<Transaction> transaction)
      : Stored(std::move(transaction)) {
    transaction_->take_writer_lock();
  }

  void add_readings(const std::vector<DocumentReading>& readings) override {
    if (!readings.empty()) store_readings(*transaction_, readings);
  }
  std::int64_t add_verdict(const Verdict& verdict) override {
    return store_verdict(*transaction_, verdict);
  }

  std::int64_t add_decision(const Decision& decision) override {
    return store_decision(*transaction_, decision);
  }

  void write(const Difference& difference, Instant now, const FoldedBy& by) override {
    if (difference.empty()) return;
    const auto recorded_at = recording_time(*transaction_, now);
    write_history(*transaction_, difference, recorded_at, by);
    append_entries(*transaction_, difference.entries, recorded_at);
    note_run(*transaction_, recorded_at);
  }

  bool open_notice(const Notice& notice, Instant now) override {
    return storage::open_notice(*transaction_, notice, now);
  }

  std::vector<Notice> notices() override {
    std::vector<Notice> open;
    for (const auto& row : transaction_
                               ->query("SELECT kind, subject, text FROM notices"
                                       " WHERE closed_at IS NULL ORDER BY notice_id")
                               .rows)
      open.push_back({read_text(row[0]), read_text(row[1]), read_text(row[2])});
    return open;
  }

  void close_notice(const std::string& kind, const std::string& subject, Instant now) override {
    storage::close_notice(*transaction_, kind, subject, now);
  }

  void settle() override { transaction_->execute("DELETE FROM unfolded"); }

  void commit() override { transaction_->commit(); }
};

}  // namespace

std::unique_ptr<Records> Store::look() {
  return std::make_unique<Stored<Records>>(connection_->begin(Snapshot::whole));
}

std::unique_ptr<Consequences> Store::begin_consequences() {
  return std::make_unique<StoredConsequences>(connection_->begin());
}

}  // namespace agreementd::storage
