#include "model/source_state.h"

#include "model/names.h"

namespace agreementd {
namespace {

constexpr Names<SourceState, source_state_count> state_names{
    {"ok", "waiting", "failing", "blocked", "link_missing", "unlinked", "silent", "quarantined"}};

}  // namespace

std::string_view to_string(SourceState state) { return state_names.of(state); }
std::optional<SourceState> parse_source_state(std::string_view text) {
  return state_names.find(text);
}

}  // namespace agreementd
