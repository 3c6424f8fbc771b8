#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace agreementd::bench {

/// The value that such a share (0 to 1) of them is at most. `values` is not empty.
inline double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  const auto place =
      static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)));
  return values.at(place);
}

}  // namespace agreementd::bench
