#pragma once

#include "model/difference.h"
#include "storage/connection.h"
#include "storage/store.h"

/// History in the database, within a transaction that holds the writer lock.
namespace agreementd::storage {

/// All that is believed now.
StoredHistory load_history(Transaction& transaction);

/// When a run may say it recorded something: now, or the last time anything was recorded or
/// withdrawn where the clock has gone back since.
Instant recording_time(Transaction& transaction, Instant now);

/// Closes and adds rows as `difference` says. Failure where it closes what is not open: then it was
/// not made from the history stored here.
void write_history(Transaction& transaction, const Difference& difference, Instant recorded_at,
                   const FoldedBy& by);

/// Notes what the run recorded at that moment, for `verify`. After all else.
void note_run(Transaction& transaction, Instant recorded_at);

/// Appends to the change log: numbers, canonical text and chain of hashes.
void append_entries(Transaction& transaction, const std::vector<NewEntry>& entries,
                    Instant recorded_at);

}  // namespace agreementd::storage
