#pragma once

#include <string>

#include "storage/connection.h"
#include "storage/filter.h"

namespace agreementd::storage {

/// The columns of `changes` of the entries `where` lets through, by seq. `source`: `change_log`, or
/// a function that answers such rows; its parameters come first in `where`.
Table select_changes(Transaction& transaction, const std::string& source, const Filter& where);

}  // namespace agreementd::storage
