#pragma once

#include <vector>

#include "storage/connection.h"
#include "storage/store.h"

/// The inputs in the database, within a transaction that holds the writer lock.
namespace agreementd::storage {

Inputs load_inputs(Transaction& transaction);
std::vector<Verdict> load_verdicts(Transaction& transaction);
std::string load_document(Transaction& transaction, const Sha256& sha256);
std::vector<DocumentReading> load_readings(Transaction& transaction);
std::vector<Decision> load_decisions(Transaction& transaction);
std::int64_t store_decision(Transaction& transaction, const Decision& decision);
std::int64_t store_verdict(Transaction& transaction, const Verdict& verdict);
void store_readings(Transaction& transaction, const std::vector<DocumentReading>& readings);

}  // namespace agreementd::storage
