#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/hash.h"
#include "model/input.h"
#include "model/listing.h"
#include "model/time.h"

/// History: a function of the inputs. Two clocks: *listed* (ICE's editions) and *recorded* (ours).
/// The structs here carry the listed clock; storage adds the recorded one.
namespace agreementd {

enum class EditionStatus {
  accepted,     ///< it counts
  quarantined,  ///< the program does not believe it; it changes nothing until a person approves
  rejected,     ///< a person said that it does not count
};
std::string_view to_string(EditionStatus status);
std::optional<EditionStatus> parse_edition_status(std::string_view text);

/// A run of neighbouring sightings of one list with equal content, dated and named by the first.
struct Edition {
  Sha256 id;  ///< SHA-256 of list, content, first sighting's document and name (`edition_id`)
  List list = List::participating;
  Sha256 content;
  Sha256 document;        ///< of the first sighting
  std::string file_name;  ///< of the first sighting; empty: none
  Dating dating;          ///< of the first sighting
  /// Listed instant: the date, or the previous edition's of the list + 1 µs. Strictly increasing.
  Instant instant;
  std::optional<Instant> saved_at;
  std::optional<Verdict> verdict;  ///< the standing one (a `redate` is already in `dating`)

  // What the fold made of it:
  EditionStatus status = EditionStatus::accepted;
  std::string reason;       ///< of a quarantine or rejection, in words
  bool baseline = false;    ///< the first accepted of its list: writes no changes
  int listing_count = 0;    ///< rows
  int agreement_count = 0;  ///< agreements after grouping

  /// The day of `instant` in New York.
  [[nodiscard]] Date date() const { return new_york_date(instant); }
};
/// The id of an edition.
Sha256 edition_id(List list, const Sha256& content, const Sha256& document,
                  const std::string& file_name);

/// What we know of an agreement from what the lists said of it.
struct Facts {
  std::string state;
  std::string agency;
  std::string agency_type;
  std::string county;
  std::string model;
  std::optional<Date> signed_on;
  std::string signed_text;  ///< as printed; kept where it is no date
  MoaStatus moa_status = MoaStatus::none;
  std::string moa_url;
  std::string addendum_url;

  bool operator==(const Facts&) const = default;
};

/// Why a listing was taken to be this agreement.
struct Match {
  /// 0: first listed here. 1–6: the tiers of `tracking/match.h`, from strong to weak.
  int tier = 0;
  std::string evidence;  ///< in words; empty for an exact key

  bool operator==(const Match&) const = default;
};

/// What the list said of an agreement over a span of editions. A new one begins where the facts
/// change, where the printed forms change, and where the agreement returns.
struct Version {
  std::string agreement_id;  ///< `A` and 8 base32 characters
  std::string agency_id;     ///< `G` and 8 base32 characters
  List list = List::participating;
  Instant from;               ///< instant of the first edition of the span
  std::optional<Instant> to;  ///< instant of the edition that ended it; absent: still listed
  Sha256 from_edition;
  std::optional<Sha256> to_edition;
  bool left_censored = false;  ///< begins at the baseline: listed then *or before*
  Facts facts;
  /// The rows it came from: the group of listings that are this agreement in `from_edition`, the
  /// one that gave the facts first. Never empty.
  std::vector<Listing> rows;
  Match match;

  bool operator==(const Version&) const = default;
};

enum class ChangeKind { added, terminated, changed, reinstated, retracted };
/// `new`, `terminated`, `changed`, `reinstated`, `retracted`.
std::string_view to_string(ChangeKind kind);
std::optional<ChangeKind> parse_change_kind(std::string_view text);

/// One field of a `changed` or `reinstated`, as the log prints it: dates ISO, MOA and addendum as
/// the link or `pending`; empty: none.
struct FieldChange {
  Column field = Column::agency;
  std::string before;
  std::string after;

  bool operator==(const FieldChange&) const = default;
};

/// One entry of the change log, before it is recorded.
struct Change {
  List list = List::participating;
  ChangeKind kind = ChangeKind::added;
  std::string reason;
  std::string agreement_id;
  std::string agency_id;
  std::string related_id;  ///< empty: none
  std::string state;       ///< as after the change
  std::string agency;      ///< as last printed
  std::string model;
  std::optional<Date> signed_on;
  Sha256 edition_id;
  std::string edition_file;
  Date effective_date;  ///< the edition's date
  std::vector<FieldChange> fields;
  bool clerical = false;  ///< significance: clerical, else substantive
  bool unconfirmed = false;
  std::optional<std::int64_t> retracts_seq;
  std::string evidence;

  bool operator==(const Change&) const = default;
};

/// Why an entry was written in a run (`changes --cause`).
enum class Cause { edition, archive, decision, verdict, rebuild };
std::string_view to_string(Cause cause);
std::optional<Cause> parse_cause(std::string_view text);

/// An entry as it stands in the log.
struct Entry {
  std::int64_t seq = 0;
  Instant recorded_at;
  Cause cause = Cause::archive;
  Change change;
};

/// An id and the listing it was minted from, named by what was printed. Append-only; `order` is the
/// order of recording. An agency's id has the characters of one of its agreements' ids.
struct Minting {
  std::string id;
  std::int64_t order = 0;  ///< 0: not stored yet
  List list = List::participating;
  Sha256 content;
  std::string state_text;
  std::string agency;
  std::string model_text;
  std::string signed_text;
  /// Not part of the id: they tell apart two agencies of one name that print all else the same.
  std::string county;
  std::string moa_url;
};
/// The id of an agreement minted from this listing; `taken` answers whether an id is in use by
/// another listing (a collision appends `#2`, `#3` … to what is hashed).
template <typename Taken>
std::string mint_agreement_id(const Minting& listing, Taken taken);

/// After a merge: `from` is now known as `to`. `to` empty: no longer, the merge was undone.
struct Redirect {
  std::string from;
  std::string to;
  bool operator==(const Redirect&) const = default;
};

/// A question of identity the rules leave open.
struct Review {
  Sha256 edition_id;  ///< the edition that raised it
  List list = List::participating;
  std::vector<std::string> agreement_ids;  ///< the candidates, the one that left first
  std::string question;                    ///< in words

  bool operator==(const Review&) const = default;
};

/// Something for the operator. At most one open per kind and subject.
struct Notice {
  std::string kind;     ///< `quarantined`, `mislabelled`, `mass loss` …
  std::string subject;  ///< the list, edition, sink or source it is about
  std::string text;     ///< what happened and what to do, one line

  bool operator==(const Notice&) const = default;
};

/// Hash of what names a listing, with `suffix` (`#2` …) appended: what ids are made from.
Sha256 minting_hash(const Minting& listing, const std::string& suffix);

template <typename Taken>
std::string mint_agreement_id(const Minting& listing, Taken taken) {
  std::string suffix;
  for (int attempt = 2;; ++attempt) {
    std::string id = "A" + short_base32(minting_hash(listing, suffix));
    if (!taken(id)) return id;
    suffix = "#" + std::to_string(attempt);
  }
}

}  // namespace agreementd
