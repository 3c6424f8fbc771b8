#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/history.h"
#include "tracking/group.h"

namespace agreementd::tracking {

/// A name an agreement was listed under, and where.
struct PlacedName {
  std::string state_and_name;  ///< state|normalised name
  std::string county;          ///< normalised; empty: not known
  auto operator<=>(const PlacedName&) const = default;
};
PlacedName placed_name(const Listing& row);

/// One agreement (or application) as the fold knows it: its versions, and what they say for
/// matching.
class Agreement {
 public:
  /// `versions`: not empty, in order; all of one list.
  explicit Agreement(std::vector<Version> versions);

  [[nodiscard]] List list() const { return versions_.front().list; }
  [[nodiscard]] const std::vector<Version>& versions() const { return versions_; }
  [[nodiscard]] const Version& last() const { return versions_.back(); }
  [[nodiscard]] const Facts& facts() const { return versions_.back().facts; }
  [[nodiscard]] bool live() const { return !last().to.has_value(); }
  /// When it left the list; only for one that is not live.
  [[nodiscard]] Instant ended() const { return *last().to; }
  [[nodiscard]] Instant first_listed() const { return versions_.front().from; }

  /// The forms its last version was printed in, first the one that gave the facts.
  [[nodiscard]] const std::vector<Form>& forms() const { return forms_; }
  /// Keys of the last version, and of all versions.
  [[nodiscard]] const std::set<std::string>& current_keys() const { return current_keys_; }
  [[nodiscard]] const std::set<std::string>& all_keys() const { return all_keys_; }
  /// The file of the MOA we know for it now; empty: none.
  [[nodiscard]] const std::string& moa() const { return moa_; }
  /// Every MOA file ever linked for it.
  [[nodiscard]] const std::set<std::string>& all_moas() const { return all_moas_; }

  /// Ends the last version at `edition`.
  void end(const Edition& edition);
  /// Begins a version; ends the last one at its first edition where it is still open.
  void begin(Version version, const Edition& edition);

 private:
  void learn(const Version& version);

  std::vector<Version> versions_;
  std::vector<Form> forms_;
  std::set<std::string> current_keys_, all_keys_, all_moas_;
  std::string moa_;
};

}  // namespace agreementd::tracking
