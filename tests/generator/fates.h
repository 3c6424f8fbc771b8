#pragma once

#include <cstddef>

#include "tests/generator/draw.h"
#include "tests/generator/file_names.h"
#include "tests/generator/world.h"

/// The steps in which a world is made, after its agreements are signed.
namespace agreementd::generator {

/// A day from `from` on and before `to`; `from` where there is none.
Day some_day(Draw& draw, Day from, Day to);

/// Ends, renews and switches some of the agreements there are.
void decide_fates(World& world, Draw& draw, MoaNames& moas);

/// Adds applications: for most of the first `agreements` agreements, and some in vain.
void apply_for(World& world, std::size_t agreements, Draw& draw);

}  // namespace agreementd::generator
