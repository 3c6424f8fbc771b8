#pragma once

#include <string>
#include <vector>

#include "storage/connection.h"

namespace agreementd::storage {

struct Migration {
  int version = 0;
  std::string name;  ///< the file's, without `.sql`
  std::string sql;
};

/// The files of storage/migrations, by version: 1, 2, 3 …; put into the program by embed.cmake.
const std::vector<Migration>& migrations();

/// The number of the last migration applied; 0 where there is no schema.
int applied_version(Transaction& transaction);

/// Applies those the database lacks: see `migrate`.
std::vector<std::string> apply(Store::Connection& connection,
                               const std::vector<Migration>& migrations);

}  // namespace agreementd::storage
