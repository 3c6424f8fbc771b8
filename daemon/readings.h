#pragma once

#include <future>
#include <map>
#include <string>
#include <string_view>

#include "model/listing.h"
#include "model/result.h"
#include "storage/store.h"

namespace agreementd::daemon {

/// What the parsers make of documents, each read once. A reading is a function of the bytes alone,
/// so it is kept by their SHA-256.
class Readings {
 public:
  /// Reads `bytes`; `name` is for the error message.
  const Result<Reading>& read(const Sha256& document, std::string_view bytes,
                              const std::string& name);
  /// Begins to read a stored document that is asked for soon, in a thread of its own.
  void begin(const Sha256& document, storage::Records& records);
  /// What was read already.
  void keep(const Sha256& document, const Reading& reading);
  /// The reading of a stored document; fetched from the database where it was not read yet.
  const Result<Reading>& stored(const Sha256& document, storage::Records& records);

 private:
  std::map<Sha256, Result<Reading>> readings_;
  std::map<Sha256, std::future<Result<Reading>>> begun_;
};

/// What the database keeps of a reading.
ReadingSummary summary_of(const Reading& reading);
storage::DocumentReading kept_reading(const Sha256& document, const Result<Reading>& reading);

}  // namespace agreementd::daemon
