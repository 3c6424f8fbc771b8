#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/difference.h"
#include "model/history.h"
#include "tracking/agreement.h"
#include "tracking/decisions.h"
#include "tracking/diff.h"
#include "tracking/group.h"
#include "tracking/identities.h"
#include "tracking/match.h"
#include "tracking/plausible.h"
#include "tracking/relations.h"
#include "tracking/rules.h"
#include "tracking/signing.h"

namespace agreementd::tracking {

/// Raised with every change of what the rules make of the same readings; stored with each edition.
inline constexpr int rules_version = 4;

/// What was odd of an edition, for the operator; it changes nothing.
struct Oddity {
  Sha256 edition_id;
  Notice notice;
};

/// What a fold made of the inputs: all of history from the prefix on, and the ids of all.
struct Folded {
  std::vector<Edition> editions;  ///< all, in order, judged; the first `prefix` were given
  std::size_t prefix = 0;
  /// Versions still open, or ended by an edition that was folded here.
  std::vector<Version> versions;
  std::vector<Change> changes;      ///< of the editions folded here, in the order of the log
  std::vector<Minting> mintings;    ///< new ones
  std::vector<Redirect> redirects;  ///< to be recorded
  std::vector<Review> reviews;      ///< of the editions folded here
  std::vector<Oddity> oddities;     ///< of the editions folded here
  /// What was made before the prefix has other names now: fold again from the beginning.
  bool restart = false;
};

/// The fold, edition by edition, of both lists. Begun with what is stored of a prefix of the
/// editions it goes on as if it had folded them itself. Pure: values in, values out.
class Fold {
 public:
  /// `prefix`: the editions that stand as they are, in order and judged. Of `stored`, versions are
  /// taken as they were at the end of the prefix; entries and editions are not looked at.
  Fold(const StoredHistory& stored, std::vector<Edition> prefix, Rules rules);

  /// Folds the next edition in order; `reading` is its document's.
  void step(Edition edition, const Reading& reading);

  /// Names everything. The fold is over.
  Folded finish();

 private:
  /// A change whose ids are positions in `agreements_` yet.
  struct Draft {
    Change change;
    std::size_t agreement = 0;
    std::optional<std::size_t> related;
  };
  struct OpenReview {
    Review review;
    std::vector<std::size_t> candidates;
  };
  /// An edition matched against the agreements of its list.
  struct Judged {
    std::vector<std::size_t> members;  ///< positions in `agreements_` of the list's agreements
    std::vector<Group> groups;
    Matching matching;                            ///< agreements are positions in `members`
    std::map<std::size_t, std::size_t> signings;  ///< of leaving applications: what they became
    Relations relations;                          ///< likewise
    std::vector<Comparison> comparisons;          ///< of `matching.matched`
    std::vector<std::size_t> agreement_of;        ///< by group, positions in `agreements_`
  };

  [[nodiscard]] Judged judge(const Edition& edition, const Reading& reading) const;
  void rule(Edition& edition, const Judged& judged, const Reading& reading) const;
  void learn_columns(const Version& version);
  [[nodiscard]] Effect effect(const Edition& edition, const Judged& judged,
                              const Reading& reading) const;
  void suppress_mass_losses(const Edition& edition, Judged& judged);
  void keep_lost(Judged& judged, Column field) const;
  void apply(const Edition& edition, Judged& judged);
  void add_fresh(const Edition& edition, Judged& judged);
  void end_leaving(const Edition& edition, const Judged& judged);
  void continue_matched(const Edition& edition, const Judged& judged);
  void ask_doubts(const Edition& edition, const Judged& judged);
  void cite_decisions(const Edition& edition, const Judged& judged);

  [[nodiscard]] Record record() const { return {agreements_, dates_, rules_.aliases}; }

  Rules rules_;
  std::map<List, Decisions> decisions_;
  std::vector<Edition> editions_;
  std::size_t prefix_;
  std::unordered_map<Sha256, Instant> dates_;  ///< of `editions_`, see `Record`
  std::vector<Agreement> agreements_;          ///< in the order they were first listed
  Identities identities_;
  std::vector<Draft> drafts_;
  std::vector<OpenReview> reviews_;
  std::vector<Oddity> oddities_;
  std::map<List, Edition> last_accepted_;
  std::map<List, std::set<Sha256>> contents_;  ///< of the editions before
  /// The columns that came later than the lists and of which no version says anything yet.
  std::map<List, std::set<Column>> unsaid_;
};

}  // namespace agreementd::tracking
