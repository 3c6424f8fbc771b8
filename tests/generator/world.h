#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/listing.h"
#include "tests/generator/bodies.h"

/// What truly happened: agreements and applications, and the days on which ICE publishes. Nothing
/// here is noise; the same options give the same world whatever is made of it in print.
namespace agreementd::generator {

using Day = std::chrono::sys_days;
inline constexpr Day never = Day::max();

/// Days on which something is to be listed: `from` and all before `to`.
struct Stay {
  Day from, to = never;
};

/// Why an agreement or application leaves the list for good.
enum class Ending { none, unlisted, superseded, switched, became_agreement };

/// One agreement, or one application for one.
struct Hidden {
  List list = List::participating;
  std::size_t body = 0;     ///< in `World::bodies`
  std::string model;        ///< JEM, WSO, TFM
  Day signed_on;            ///< of an agreement
  std::vector<Stay> stays;  ///< on the list, in order; several: it left and came back
  Ending ending = Ending::none;
  std::size_t successor = 0;  ///< what superseded or replaced it, or what the application became
  Day moa_from = never;       ///< the day its MOA is posted
  std::string moa_file;       ///< no two agreements have one
  Day addendum_from = never;
  std::string addendum_file;

  [[nodiscard]] bool listed_on(Day day) const;
};

/// One publication of a list.
struct Issue {
  List list = List::participating;
  Day day;
  bool afternoon = false;
};

struct World {
  std::vector<Body> bodies;
  std::vector<Hidden> hidden;  ///< of both lists
  std::vector<Issue> issues;   ///< in the order published
  Day first, last;             ///< of the issues
};

struct WorldOptions {
  std::uint64_t seed = 1;
  int agreements = 1000;  ///< about as many are listed at some time
  int editions = 200;     ///< of each list
};
World make_world(const WorldOptions& options);

}  // namespace agreementd::generator
