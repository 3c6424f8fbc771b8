#pragma once

#include <string>

namespace agreementd::tracking {

/// Whether the state (two letters) has a county of this name, as `normalise_county` leaves it;
/// spaces do not count. Two counties that both exist are two, however alike their names; a name
/// that no county has is a misprint. False for states and territories we have no names of.
bool is_county(const std::string& state, const std::string& name);

}  // namespace agreementd::tracking
