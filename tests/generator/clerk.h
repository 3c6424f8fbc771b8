#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/listing.h"
#include "tests/generator/draw.h"
#include "tests/generator/noise.h"
#include "tests/generator/world.h"

namespace agreementd::generator {

/// What is wrong with a row for some days.
struct Slip {
  Column column = Column::agency;
  std::string text;  ///< what the cell of the column prints; for `moa`, the name of the file
  Day from, to = never;
  bool doubled = false;    ///< printed so in a second row, beside the first
  bool disguised = false;  ///< as another body's, another state's or of another model
};

/// Whoever types the lists: decides what goes wrong in print with one agreement, all its life long.
/// A function of world, noise, seed and agreement alone, whatever the other agreements are.
///
/// Nothing goes wrong in a way that nobody could see through: no name becomes another body's of the
/// state or, in a county's name, another county that exists; relabelled, or under another state or
/// model, a row has everything else right; a date moves by a month at most, and no agreement of
/// which there is an earlier or later one of the same body and model gets a wrong year.
class Clerk {
 public:
  Clerk(const World& world, const Noise& noise, std::uint64_t seed);

  /// The slips of `world.hidden[hidden]`.
  [[nodiscard]] std::vector<Slip> slips_of(std::size_t hidden) const;

 private:
  class Desk;

  const World& world_;
  Noise noise_;
  std::uint64_t seed_;
  std::set<std::string> names_;   ///< state and bare name of every body
  std::set<std::string> models_;  ///< body and model of every agreement
};

}  // namespace agreementd::generator
