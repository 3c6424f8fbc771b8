#include "alerts/ahead.h"

#include <algorithm>

namespace agreementd::alerts {
namespace {

using storage::Outgoing;

/// So many entries are looked at for one message at least, so that it is not cut off. Twice as many
/// are read.
std::size_t least(const Sink& sink) { return sink.digest == Digest::none ? 200 : 1000; }

}  // namespace

/// Both ascend, and times never go back.
std::span<const Outgoing> Ahead::left(std::int64_t position, Instant until) const {
  const auto first = std::ranges::upper_bound(
      entries_, position, {}, [](const Outgoing& each) { return each.logged.entry.seq; });
  const auto last =
      std::ranges::upper_bound(first, entries_.end(), until, {},
                               [](const Outgoing& each) { return each.logged.entry.recorded_at; });
  return {first, last};
}

std::span<const Outgoing> Ahead::after(storage::Store& store, const Sink& sink,
                                       const storage::SinkState& state, std::int64_t position,
                                       Instant until) {
  if (run_ == state.run && from_ <= position) {
    const auto known = left(position, until);
    // All that is left of a whole will do: what became due since is of another run.
    if (known.size() >= least(sink) || (whole_ && !known.empty())) return known;
  }
  forget();
  const auto limit = 2 * least(sink);
  entries_ = storage::outgoing_entries(store, sink.name, position, until, static_cast<int>(limit));
  fleeting_ = fleeting_of(store, sink, entries_);
  from_ = position;
  whole_ = entries_.size() < limit;
  run_ = state.run;
  return entries_;
}

void Ahead::attempted(const std::vector<std::int64_t>& seqs) {
  const auto sent = [&](std::int64_t seq) { return std::ranges::binary_search(seqs, seq); };
  for (auto& each : entries_) {
    each.attempted = each.attempted || sent(each.logged.entry.seq);
    each.retracted_attempted =
        each.retracted_attempted || (each.retracted && sent(each.retracted->entry.seq));
    if (std::ranges::any_of(each.replaced, [&](const Entry& old) { return sent(old.seq); }))
      each.replaced_told = true;
    if (each.signing && sent(each.signing->logged.entry.seq)) each.signing->told = true;
  }
}

}  // namespace agreementd::alerts
