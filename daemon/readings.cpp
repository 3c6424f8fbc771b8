#include "daemon/readings.h"

#include <utility>

#include "parsers/list.h"

namespace agreementd::daemon {

const Result<Reading>& Readings::read(const Sha256& document, std::string_view bytes,
                                      const std::string& name) {
  const auto known = readings_.find(document);
  if (known != readings_.end()) return known->second;
  return readings_.emplace(document, parsers::read_list(bytes, name)).first->second;
}

void Readings::begin(const Sha256& document, storage::Records& records) {
  if (readings_.contains(document) || begun_.contains(document)) return;
  begun_.emplace(document,
                 std::async(std::launch::async, [bytes = records.document(document), document] {
                   return parsers::read_list(bytes, to_hex(document));
                 }));
}

void Readings::keep(const Sha256& document, const Reading& reading) {
  readings_.emplace(document, reading);
}

const Result<Reading>& Readings::stored(const Sha256& document, storage::Records& records) {
  const auto known = readings_.find(document);
  if (known != readings_.end()) return known->second;
  if (auto begun = begun_.extract(document); !begun.empty())
    return readings_.emplace(document, begun.mapped().get()).first->second;
  return read(document, records.document(document), to_hex(document));
}

ReadingSummary summary_of(const Reading& reading) {
  return {reading.list, reading.content, reading.saved_at,
          static_cast<int>(reading.listings.size())};
}

storage::DocumentReading kept_reading(const Sha256& document, const Result<Reading>& reading) {
  storage::DocumentReading kept{document, parsers::reading_version, std::nullopt, ""};
  if (reading)
    kept.summary = summary_of(*reading);
  else
    kept.error = reading.error();
  return kept;
}

}  // namespace agreementd::daemon
