#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/input.h"
#include "storage/store.h"

/// What the polls so far say of the source. Needs the writer role.
namespace agreementd::storage {

/// A URL as the last poll found it.
struct UrlRecord {
  std::string url;
  Outcome outcome = Outcome::ok;
  std::string detail;        ///< of a failure
  std::optional<List> list;  ///< which list it brought, or still stands there
  Instant since;             ///< when the row of fetches that came to this outcome began …
  int times = 0;             ///< … and how many there are
};

/// A list as the database knows it.
struct ListRecord {
  std::optional<Instant> last_edition;  ///< listed instant of the last accepted one
  int listings = 0;                     ///< rows of it
  int quarantined = 0;                  ///< editions that wait for a person
  bool newest_waits = false;            ///< one of them is newer than the last accepted one
  std::optional<Instant> link_missing_since;
};

struct SourceRecord {
  std::optional<Instant> last_poll;     ///< when the page was last asked for; absent: never
  std::optional<Instant> last_success;  ///< when it was last had
  std::vector<UrlRecord> asked;         ///< by the last poll of `page`, that first
  std::map<List, ListRecord> lists;     ///< both
  int open_notices = 0;
};

/// `page`: as it is asked for.
SourceRecord source_record(Store& store, const std::string& page);

}  // namespace agreementd::storage
