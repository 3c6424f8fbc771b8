#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace agreementd {

/// A state, the District of Columbia or a territory.
struct State {
  std::string_view code;  ///< two letters (USPS Publication 28)
  std::string_view name;  ///< upper case, as ICE prints it
  int fips;               ///< FIPS 5-2 / ANSI state code
  bool territory;
};

/// All of them, by code.
std::span<const State> states();
/// By two-letter code, upper case.
const State* find_state(std::string_view code);

}  // namespace agreementd
