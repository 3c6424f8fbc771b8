#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "storage/store.h"
#include "storage/table.h"

/// The only place that knows libpqxx (6.4 and 7.x). Parameters and answers are texts: PostgreSQL
/// converts them, which costs little at our sizes and leaves one way to write each type
/// (storage/values.h).
///
/// Whatever goes wrong is thrown as `Failure`, one line, without SQL, parameters, URI or password.
/// What only the server can know is said in its own words. A lost connection or a refused login is
/// `ExitStatus::database_unreachable`.
namespace agreementd::storage {

/// What a transaction sees.
enum class Snapshot {
  per_statement,  ///< READ COMMITTED: for writers, which take the writer lock first
  whole,          ///< REPEATABLE READ, read only: several questions, one state
};

/// Destroyed without `commit` it leaves nothing. One at a time per connection.
class Transaction {
 public:
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// One statement. Booleans come back as `true`/`false`, timestamptz as model/time.h prints it.
  Table query(const std::string& sql, const Values& parameters = {});
  /// One statement, or several where there are no parameters. Answers the rows the last one wrote.
  std::size_t execute(const std::string& sql, const Values& parameters = {});
  /// Waits for other writers. Held to the end of the transaction.
  void take_writer_lock();
  void commit();

 private:
  friend class Store::Connection;
  struct Implementation;
  explicit Transaction(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

class Store::Connection {
 public:
  Connection(const std::string& uri, const std::optional<Patience>& patience);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::unique_ptr<Transaction> begin(Snapshot snapshot = Snapshot::per_statement);
  /// One statement that PostgreSQL takes outside transactions only.
  void execute_alone(const std::string& sql);
  /// A read in a transaction of its own.
  Table query(const std::string& sql, const Values& parameters = {});

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace agreementd::storage
