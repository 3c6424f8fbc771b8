#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// How it stands with the source, or with one of its lists, as the operator is told.
namespace agreementd {

enum class SourceState {
  ok,
  waiting,       ///< not asked for yet
  failing,       ///< it cannot be had
  blocked,       ///< it refuses us
  link_missing,  ///< the page links no such list
  unlinked,      ///< for longer than configured
  silent,        ///< no new edition for longer than configured, though it is had
  quarantined,   ///< its newest edition waits for a person
};
/// How many there are; the last is `quarantined`.
constexpr std::size_t source_state_count = 8;
/// The names above.
std::string_view to_string(SourceState state);
std::optional<SourceState> parse_source_state(std::string_view text);

}  // namespace agreementd
