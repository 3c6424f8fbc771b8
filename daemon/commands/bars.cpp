#include "daemon/commands/bars.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace agreementd::daemon {

std::string bar(std::int64_t value, std::int64_t largest, int width) {
  constexpr std::array<std::string_view, 8> partial{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (value <= 0 || largest <= 0 || width <= 0) return "";
  const double share = std::min(1.0, static_cast<double>(value) / static_cast<double>(largest));
  const auto eighths = std::max(1, static_cast<int>(std::lround(share * width * 8)));
  std::string result;
  for (int i = 0; i < eighths / 8; ++i) result += "█";
  return result.append(partial.at(static_cast<std::size_t>(eighths % 8)));
}

}  // namespace agreementd::daemon
