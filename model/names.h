#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace agreementd {

/// The names of an enumeration's values, in their order: one table for writing and reading them.
template <typename Enum, std::size_t count>
struct Names {
  std::array<std::string_view, count> names;

  [[nodiscard]] std::string_view of(Enum value) const {
    return names.at(static_cast<std::size_t>(value));
  }
  [[nodiscard]] std::optional<Enum> find(std::string_view text) const {
    for (std::size_t i = 0; i < count; ++i)
      if (names[i] == text) return static_cast<Enum>(i);
    return std::nullopt;
  }
};

}  // namespace agreementd
