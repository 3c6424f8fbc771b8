#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/connection.h"
#include "storage/store.h"

/// A real PostgreSQL for tests: one private cluster per test program (scripts/private-postgres),
/// with a fresh database for each test, copied from one that has the schema. The cluster ends with
/// the program, however that ends.
namespace agreementd::testing {

/// The cluster of this program; started by the first who asks.
class Cluster {
 public:
  static Cluster& get();
  /// Creates a database: empty, or with agreementd's schema.
  std::string create_database(bool with_schema = true);
  /// Drops it, at the latest with the cluster.
  void drop_database(const std::string& name);
  /// The URI of a database for a user of the server.
  [[nodiscard]] std::string uri(const std::string& database, const std::string& user) const;
  /// Directory of the server's socket.
  [[nodiscard]] const std::string& socket() const { return socket_; }

  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

 private:
  Cluster();
  void make_template();

  std::string socket_;
  int databases_ = 0;
  std::vector<std::string> left_;  // to be dropped
};

/// Output of a shell command; fails the test where it exits other than 0.
std::string output_of(const std::string& command);

/// A test with a database of its own, which it may use in three roles.
class DatabaseTest : public ::testing::Test {
 protected:
  DatabaseTest();
  ~DatabaseTest() override;

  /// A new connection. Users: `agreementd_writer` (the service), `reader` (an analyst's login,
  /// member of agreementd_reader), `postgres` (superuser).
  [[nodiscard]] storage::Store connect(const std::string& user = "agreementd_writer") const;
  [[nodiscard]] std::string uri(const std::string& user) const;
  /// The first column of the first row.
  static std::string ask(storage::Store& store, const std::string& sql);
  /// Runs SQL and commits.
  static void run(storage::Store& store, const std::string& sql);
  /// Rows of every table of ours.
  std::map<std::string, int> row_counts();
  /// What the Failure says that `sql` is refused with; empty where it is not refused.
  static std::string refusal(storage::Store& store, const std::string& sql);

  std::string database_;
  storage::Store store_;  ///< as the writer
};

}  // namespace agreementd::testing
