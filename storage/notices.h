#pragma once

#include <string>

#include "model/history.h"
#include "storage/connection.h"

/// Notices are opened and closed here alone, each with its event. Under the writers' lock: so the
/// order of the events is that in which they are seen.
namespace agreementd::storage {

/// Unless one of its kind and subject is open; answers whether it was opened.
bool open_notice(Transaction& transaction, const Notice& notice, Instant now);
/// The open one of that kind and subject, if any.
void close_notice(Transaction& transaction, const std::string& kind, const std::string& subject,
                  Instant now);

}  // namespace agreementd::storage
