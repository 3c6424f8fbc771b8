#pragma once

#include <string>
#include <vector>

#include "model/listing.h"
#include "parsers/table.h"

namespace agreementd::parsers {

/// What a cell of the MOA or ADDENDUM column says.
struct Linked {
  MoaStatus status = MoaStatus::none;
  std::string url;       ///< unwrapped; empty: none
  std::string addendum;  ///< a second link of an MOA cell (`link | addendum`), unwrapped
  std::string printed;   ///< what the content hash has: the links if any, else the text
  std::vector<std::string> oddities;
};

/// `cell` may be null (blank). A link is `posted`, whatever its text; `link` or `link | addendum`
/// without any is `posted` too, with no address: ICE says that it is there.
Linked read_moa(const Cell* cell);
/// As `read_moa`; the link is in `url`.
Linked read_addendum(const Cell* cell);

}  // namespace agreementd::parsers
