#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/difference.h"
#include "tracking/agreement.h"
#include "tracking/group.h"
#include "tracking/remembered.h"

namespace agreementd::tracking {

/// Ids of agreements and agencies. An id is minted from a listing and named by it; the part that
/// holds that listing keeps it through every refold. On a merge the id recorded first stays and the
/// others redirect.
///
/// A listing may be gone: its edition was rejected, or is quarantined now. Its id then goes to the
/// agreement that holds what was believed to be later listings of the same; failing that, to the
/// agreement without an id that prints the same next. When the edition returns so does the id.
class Identities {
 public:
  /// `ids` and `agencies`: of the agreements restored from the prefix, by position.
  Identities(const StoredHistory& stored, const std::vector<Edition>& prefix,
             std::vector<std::string> ids, std::vector<std::string> agencies);

  /// An accepted edition is folded: agreements whose groups hold a listing that an id was minted
  /// from claim that id. `agreement_of`: by position in `groups`.
  void claim(const Edition& edition, const std::vector<Group>& groups,
             const std::vector<std::size_t>& agreement_of);

  struct Names {
    std::vector<std::string> agreements, agencies;  ///< by agreement
    std::vector<Minting> mintings;
    std::vector<Redirect> redirects;
    /// An agreement of the prefix has another id now, or is of an agency that is no successor of
    /// the one it was of.
    bool prefix_renamed = false;
  };
  /// `agency_of`: see `agencies_of`. `contents`: content hash of each edition by its id.
  [[nodiscard]] Names name(const std::vector<Agreement>& agreements,
                           const std::vector<std::size_t>& agency_of,
                           const std::map<Sha256, Sha256>& contents) const;

 private:
  using Claims = std::map<std::size_t, std::size_t>;  // minting -> agreement

  void remember(const StoredHistory& stored);
  [[nodiscard]] const std::string& known_as(const std::string& id) const;
  [[nodiscard]] Claims all_claims(const std::vector<Agreement>& agreements) const;
  void claim_remembered(const std::vector<Agreement>& agreements, Claims& claims) const;
  void claim_reprinted(const std::vector<Agreement>& agreements, Claims& claims) const;
  void name_agreements(const std::vector<Agreement>& agreements, const Claims& claims,
                       const std::map<Sha256, Sha256>& contents, Names& names) const;
  void name_agencies(const std::vector<std::size_t>& agency_of, const Claims& claims,
                     Names& names) const;
  void redirect(Names& names, const std::map<std::string, std::string>& now_known_as) const;

  std::vector<Minting> agreement_mintings_, agency_mintings_;
  std::map<std::string, std::string> redirects_;  // in force
  std::vector<std::string> prefix_ids_, prefix_agencies_;
  Claims claims_;  // of agreements that hold the very listing
  std::multimap<std::pair<List, Sha256>, std::size_t> by_content_;
  // What was believed before this fold, by ids as they were known then. Of agreements only those
  // that are not of the prefix; of agencies the members, the first listed first.
  std::map<std::string, std::vector<Held>> held_;
  std::map<std::string, std::vector<std::string>> members_;
};

}  // namespace agreementd::tracking
