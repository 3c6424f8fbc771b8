#pragma once

#include "storage/connection.h"
#include "storage/filter.h"

namespace agreementd::storage {

/// The columns of `changes` of the entries `where` lets through, by seq.
Table select_changes(Transaction& transaction, const Filter& where);

}  // namespace agreementd::storage
