#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/generator/score.h"

namespace agreementd::generator {

struct TrialOptions {
  WorldOptions world;
  double noise = 1;  ///< times what the real lists have
};

/// Generates a world, prints it, has the program date, arrange and fold what was printed, and
/// compares what it tells with what is due.
Score try_recovery(const TrialOptions& options);

/// How one hidden agreement is printed, a line wherever that changes: to look into a mistake.
std::vector<std::string> story_of(const TrialOptions& options, std::size_t hidden);

}  // namespace agreementd::generator
