#include "tracking/remembered.h"

#include <algorithm>

namespace agreementd::tracking {
namespace {

bool overlap(const Held& one, const Held& other) {
  return one.list == other.list && one.from < other.to && other.from < one.to;
}

/// A row in common, as far as known.
bool share_a_row(const Held& one, const Held& other) {
  return std::any_of(one.traits.begin(), one.traits.end(), [&](const auto& row) {
    return std::any_of(other.traits.begin(), other.traits.end(), [&](const auto& candidate) {
      const auto& key = std::get<0>(row);
      const auto state = key.substr(0, key.find('|'));
      return key == std::get<0>(candidate) &&
             !counties_contradict(std::get<1>(row), state, std::get<1>(candidate), state);
    });
  });
}

}  // namespace

Held held(const Version& version) {
  Held result{version.list, version.from, version.to.value_or(Instant::max()), {}};
  for (const auto& row : version.rows) {
    auto form = form_of(row);
    result.traits.emplace(form.key(), std::move(form.county), std::move(form.moa));
  }
  return result;
}

Holdings::Holdings(const std::vector<Agreement>& agreements) {
  for (std::size_t a = 0; a < agreements.size(); ++a)
    for (const auto& version : agreements[a].versions()) {
      spans_.push_back({held(version), a});
      for (const auto& [key, county, moa] : spans_.back().held.traits)
        by_key_.emplace(std::pair(version.list, key), spans_.size() - 1);
    }
}

std::optional<std::size_t> Holdings::find(const Held& before) const {
  const Span* best = nullptr;
  const auto rank = [&](const Span& span) {
    return std::tuple(span.held.traits != before.traits, span.held.from, span.agreement);
  };
  for (const auto& [key, county, moa] : before.traits) {
    const auto [begin, end] = by_key_.equal_range({before.list, key});
    for (auto it = begin; it != end; ++it) {
      const auto& span = spans_[it->second];
      if (!overlap(span.held, before) || !share_a_row(span.held, before)) continue;
      if (best == nullptr || rank(span) < rank(*best)) best = &span;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(best->agreement);
}

}  // namespace agreementd::tracking
