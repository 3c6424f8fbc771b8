#pragma once

#include <cstdint>
#include <vector>

#include "model/history.h"

/// What storage hands to tracking and back: the history as it is believed now, and what to write so
/// that it becomes what the fold says.
namespace agreementd {

struct StoredVersion {
  std::int64_t version_id = 0;
  Version version;
};

/// All that is believed now (recorded range open), and the ids ever given out.
struct StoredHistory {
  std::vector<Edition> editions;  ///< in no particular order
  std::vector<StoredVersion> versions;
  std::vector<Entry> standing;      ///< entries neither retracted nor retractions, by seq
  std::vector<Minting> mintings;    ///< by order
  std::vector<Redirect> redirects;  ///< those in force; `to` is an id that is not redirected
  std::vector<Review> reviews;      ///< open ones
};

/// An entry to be recorded: seq, recorded_at and hash are given by storage.
struct NewEntry {
  Cause cause = Cause::archive;
  Change change;
};

/// The rows to write. Nothing is ever deleted: what is closed gets the end of its recorded range.
struct Difference {
  std::vector<Sha256> closed_editions;
  std::vector<Edition> editions;
  std::vector<std::int64_t> closed_versions;
  std::vector<Version> versions;
  std::vector<NewEntry> entries;  ///< in the order of the log: retractions first
  std::vector<Minting> mintings;  ///< in the order of recording
  std::vector<Redirect> redirects;
  std::vector<Review> closed_reviews;
  std::vector<Review> reviews;

  [[nodiscard]] bool empty() const {
    return closed_editions.empty() && editions.empty() && closed_versions.empty() &&
           versions.empty() && entries.empty() && mintings.empty() && redirects.empty() &&
           closed_reviews.empty() && reviews.empty();
  }
};

}  // namespace agreementd
