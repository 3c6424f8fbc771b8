#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/generator/draw.h"

namespace agreementd::generator {

/// A state of the generated world and some of its counties. They exist: names of counties are
/// public facts, and which of them are alike (Hale and Hall) is not for us to make up.
struct StatePlaces {
  std::string_view code;    ///< USPS
  std::string_view name;    ///< `Texas`
  std::string_view county;  ///< `County`; Louisiana's are `Parish`
  std::vector<std::string_view> counties;
  int weight = 1;  ///< how many agencies of it take part, about as in the lists of 2025
};
std::span<const StatePlaces> state_places();

/// A town put together of common words: `Maplewood`, `Cedar Springs`. Whether there is such a town
/// does not matter.
std::string town(Draw& draw);

}  // namespace agreementd::generator
