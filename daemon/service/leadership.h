#pragma once

#include <optional>
#include <string>

#include "daemon/service/journal.h"
#include "storage/store.h"

namespace agreementd::daemon {

/// How an instance stands to the database: it is away, another instance leads, or this one does.
enum class Role { away, standby, leader };

/// One instance leads among those that use a database: it alone polls. Keeps the connection that
/// holds the lead, and a mark by which the last leader knows itself again after a restart, though
/// the database be away.
class Leadership {
 public:
  /// `database`: where it is, as libpq takes it. `mark`: the file of the mark, its folder is there.
  /// `patience`: for what is asked over the connection.
  Leadership(std::string database, std::string mark, storage::Patience patience, Journal& journal);

  /// Connects where the database is away, and asks for the lead. True where this instance leads
  /// from now on. Failure where the database cannot be used: `lost` says what is to be said of it.
  bool renew();
  /// The database cannot be used, or an operation on it failed: it is away. Told once per reason.
  void lost(const std::string& why);

  [[nodiscard]] Role role() const { return role_; }
  /// It is this one's turn to poll: it leads, or it did when the database went away.
  [[nodiscard]] bool polls() const;
  /// What is wrong with the database while it is away.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  /// Unless it is away.
  [[nodiscard]] storage::Store& store() { return *store_; }

 private:
  void connect();
  bool is_held_by_our_former_self();
  void lead();
  void leave_mark();
  void stand_by();

  std::string database_;
  std::string mark_;
  storage::Patience patience_;
  Journal& journal_;
  std::optional<storage::Store> store_;
  Role role_ = Role::away;
  bool led_ = false;           ///< it was the last leader known
  bool told_standby_ = false;  ///< that it stands by
  std::string session_;        ///< the connection with which it led last; empty: it never did
  std::string trouble_;
};

}  // namespace agreementd::daemon
