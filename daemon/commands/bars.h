#pragma once

#include <cstdint>
#include <string>

namespace agreementd::daemon {

/// A bar of block characters for `value`, `width` columns long where it is `largest`; in steps of
/// an eighth of a column. What is not zero is never invisible. Negative values have no bar.
std::string bar(std::int64_t value, std::int64_t largest, int width);

}  // namespace agreementd::daemon
