#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/hash.h"
#include "model/listing.h"
#include "model/outcome.h"
#include "model/time.h"

/// The inputs: append-only, and all that history is made of.
namespace agreementd {

/// Bytes as they were served, immutable, addressed by their SHA-256.
struct Document {
  Sha256 sha256;
  std::string bytes;
};

enum class Origin { poll, import };
std::string_view to_string(Origin origin);
std::optional<Origin> parse_origin(std::string_view text);

/// One sighting of a document, or of a failure.
struct Fetch {
  Origin origin = Origin::import;
  Instant at;       ///< when: the fetch, or the import
  std::string url;  ///< what was asked; the path, for an import
  Outcome outcome = Outcome::ok;
  std::optional<int> http_status;
  std::optional<Sha256> document;      ///< absent where nothing came
  std::string file_name;               ///< base name, as ICE gave it; empty: none
  std::string etag;                    ///< verbatim; empty: none
  std::string last_modified;           ///< verbatim; empty: none
  std::optional<Instant> modified_at;  ///< `last_modified`, read
  std::chrono::milliseconds duration{0};
  std::string detail;       ///< of a failure, one line
  std::string answered_by;  ///< where redirects led; empty: the URL asked answered, or nobody
};

/// What we need to know of a document's content to date and order it: the reading without its rows.
struct ReadingSummary {
  List list = List::participating;
  Sha256 content;
  std::optional<Instant> saved_at;
  int row_count = 0;
};

/// The first fetch of one (document, base file name or none), with what was read in the document.
/// A document nobody can read has no sighting.
struct Sighting {
  std::int64_t fetch_id = 0;
  Origin origin = Origin::import;
  Sha256 document;
  std::string file_name;
  Instant seen_at;
  std::optional<Instant> modified_at;  ///< Last-Modified
  ReadingSummary reading;
};

/// What gave a sighting its date, in the order of trust.
enum class DatedBy { person, file_name, last_modified, capture, saved, nothing };
/// `redate`, `file name`, `Last-Modified`, `capture time`, `saved time`, `nothing`.
std::string_view to_string(DatedBy dated_by);
std::optional<DatedBy> parse_dated_by(std::string_view text);

/// A sighting's date on the listed clock.
struct Dating {
  Instant at;  ///< meaningless where `dated_by` is nothing: then the sighting sorts last
  DatedBy dated_by = DatedBy::nothing;
  /// Why the date cannot be believed (an altered or future-dated copy, no date): quarantine.
  std::optional<std::string> doubt;
};

enum class VerdictKind { approve, reject, redate, hold };
std::string_view to_string(VerdictKind kind);
std::optional<VerdictKind> parse_verdict_kind(std::string_view text);

/// On sightings: by a person, or `hold` by the program. The last one on a sighting wins.
struct Verdict {
  std::int64_t verdict_id = 0;  ///< ascending in time; 0: not stored yet
  VerdictKind kind = VerdictKind::approve;
  std::optional<Instant> redated_to;  ///< of `redate`
  std::string by;
  std::string why;
  Instant at;
  struct Subject {
    Sha256 document;
    std::string file_name;
    auto operator<=>(const Subject&) const = default;
  };
  std::vector<Subject> subjects;
};

/// What was printed of an agreement, as far as it names it: what a decision is about.
struct PrintedKey {
  std::string state;  ///< two letters; as printed where no state is meant
  std::string agency;
  std::string model;
  std::optional<Date> signed_on;
  std::string signed_text;  ///< as printed
  std::string county;       ///< empty: not given. This and
  std::string moa_url;      ///< the link (empty: none) tell two apart that have all else in common
  Sha256 document;          ///< a list that prints it so

  bool operator==(const PrintedKey&) const = default;
};

enum class DecisionKind { same_as, distinct_from };
/// `same-as`, `distinct-from`.
std::string_view to_string(DecisionKind kind);
std::optional<DecisionKind> parse_decision_kind(std::string_view text);

/// A person on identity: two printed keys are one agreement's, or are not. The last decision on two
/// keys counts. About what was printed and not about ids, so that it survives any refold.
struct Decision {
  std::int64_t decision_id = 0;  ///< ascending in time; 0: not stored yet
  DecisionKind kind = DecisionKind::same_as;
  List list = List::participating;  ///< that prints both
  PrintedKey one, other;
  std::string by;
  std::string why;
  Instant at;
};

}  // namespace agreementd
