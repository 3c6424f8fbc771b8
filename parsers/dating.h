#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/input.h"
#include "model/time.h"

namespace agreementd::parsers {

/// When ICE published what was seen: from the document and its own fetch alone, never from its
/// neighbours, so that the order of arrival does not matter. In order of trust: the date and slot
/// in the file name, Last-Modified, the capture time, the time the workbook was saved. `doubt` is
/// set for altered copies, future dates and undated imports (then `at` is when it was seen).
Dating date_sighting(const Sighting& sighting);

/// The date and slot that ICE puts into file names (`…07112025pm2.xlsx`): am 09:00, mid 12:00, none
/// 13:00, pm 17:00, New York, plus n − 1 minutes for a letter or number n after the slot.
struct NamedDate {
  Date date;
  std::chrono::minutes time_of_day;
};
std::optional<NamedDate> date_in_name(std::string_view file_name);

/// A 14-digit capture stamp in the name (UTC, `…-20250224192655.xlsx`), as archives add it.
std::optional<Instant> capture_stamp(std::string_view file_name);

}  // namespace agreementd::parsers
