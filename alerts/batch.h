#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "alerts/fleeting.h"
#include "alerts/message.h"
#include "alerts/sink.h"
#include "storage/outgoing.h"

namespace agreementd::alerts {

/// What a sink is sent next.
struct Batch {
  std::optional<Message> message;  ///< absent: nothing of it is for this sink
  /// With it, the sink is done with all entries up to there.
  std::int64_t position = 0;
  /// Retractions whose place in the message is taken by what they uncovered.
  std::vector<std::int64_t> uncovering;

  /// Of all entries that the message answers for, ascending; also of those told along with another.
  [[nodiscard]] std::vector<std::int64_t> seqs() const;
};

/// An entry with what is told along with it, but for an application that was signed.
Item item_of(const storage::Outgoing& outgoing);

/// Whether what it says, or takes back, is for whoever has that filter: it passes, or it holds
/// instead of what passed, whatever its cause and however sure that was.
bool is_for(const Filter& filter, const storage::Outgoing& outgoing);

/// Whether it has an application that left, and may be told with it: what is of another cause is
/// not for everybody who is told of the agreement.
bool may_tell_application(const Filter& filter, const storage::Outgoing& outgoing);

/// Of a leaving that has a signing: whether it is told with that, where that is told.
bool goes_with_its_signing(const Filter& filter, const storage::Outgoing& outgoing);

/// Items of one message at most; a longer digest is several.
constexpr std::size_t most_items = 200;

/// Whether a message is the first of its kind, or somebody asked for it once more.
enum class Again { no, yes };

/// The next message of `entries`, which come next in the log and are not empty. Pure.
///
///  - An entry is told that passes the filter. Where a sink tells only what stands, one that was
///    taken back meanwhile is left out, unless it may have been sent before.
///  - What is fleeting is not told, and what a retraction uncovered is told in its place.
///  - What somebody asked for again is told as far as it stands.
///  - A retraction is told where what it takes back was sent, or may have been, and nowhere else,
///    whatever the filter.
///  - An application that left as signed is told with the agreement it became, where one run
///    recorded both (`application`); where the agreement was sent, or may have been, it is no
///    message of its own, unless it holds instead of what was told of the application.
Batch next_batch(const Sink& sink, std::span<const storage::Outgoing> entries,
                 Again again = Again::no, const Fleeting& fleeting = {});

}  // namespace agreementd::alerts
