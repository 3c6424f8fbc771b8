#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/input.h"
#include "tests/generator/chronicle.h"
#include "tests/generator/press.h"
#include "tests/generator/world.h"
#include "tracking/fold.h"

namespace agreementd::generator {

/// How much of one kind was told and is true.
struct Tally {
  int told = 0;
  int due = 0;
  int right = 0;              ///< told and due
  int unconfirmed_wrong = 0;  ///< told, not due, and marked `unconfirmed`
  [[nodiscard]] double precision() const { return told == 0 ? 1 : double(right) / told; }
  [[nodiscard]] double recall() const { return due == 0 ? 1 : double(right) / due; }
  Tally& operator+=(const Tally& other);
};

/// What came of a comparison. Scores of several runs can be added.
struct Score {
  std::array<Tally, kinds> by_kind;
  int agreements = 0;                 ///< hidden ones that were ever printed, both lists
  int fused = 0;                      ///< recovered agreements that hold rows of two hidden ones
  int split = 0;                      ///< hidden agreements of which two recovered ones hold rows
  int reviews = 0;                    ///< questions asked
  int believed = 0;                   ///< editions accepted that nobody should believe
  int doubted = 0;                    ///< editions quarantined that are as they should be
  std::vector<std::string> mistakes;  ///< in words: what was told or missed, of whom, where
  /// Pairs of hidden agreements that were taken for one.
  std::set<std::pair<std::size_t, std::size_t>> fused_pairs;

  /// All kinds together.
  [[nodiscard]] Tally total() const;
  Score& operator+=(const Score& other);
};

/// What is known of a publication after its rows are gone.
struct Imprint {
  std::string file_name;
  std::string mishap;
  bool believable = true;
  std::vector<std::size_t> owners;
};

/// Compares what a fold told with what the chronicle says is due. `imprints`: by number of the
/// publication; `documents`: number of the publication by its document.
class Comparison {
 public:
  Comparison(const World& world, const std::vector<Imprint>& imprints,
             const std::map<Sha256, std::size_t>& documents, const tracking::Folded& folded);
  [[nodiscard]] Score score(const Chronicle& chronicle) const;

 private:
  using Key = std::pair<std::string, Sha256>;  // agreement id, edition id

  struct Told {
    Event event;
    bool unconfirmed = false;
    std::string words;
  };

  [[nodiscard]] std::vector<Told> told() const;
  void tell(const Change& change, std::vector<Told>& told) const;
  [[nodiscard]] std::size_t owner_of(const std::string& agreement, const Sha256& edition,
                                     bool ended) const;
  [[nodiscard]] std::set<std::size_t> owners_of(const Version& version) const;
  [[nodiscard]] std::string in_words(const Event& event) const;
  void judge_identities(Score& score) const;
  void judge_editions(Score& score) const;

  const World& world_;
  const std::vector<Imprint>& imprints_;
  const std::map<Sha256, std::size_t>& documents_;
  const tracking::Folded& folded_;
  std::map<Sha256, std::size_t> publications_;  ///< by edition
  std::map<Key, const Version*> begun_, ended_;
};

}  // namespace agreementd::generator
