#include "alerts/published.h"

#include "alerts/batch.h"

namespace agreementd::alerts {
namespace {

using storage::Outgoing;

/// Of a leaving: the agreement it became is shown.
bool is_told_with_its_signing(const Filter& filter, const Outgoing& outgoing) {
  if (!outgoing.signing) return false;
  Outgoing signing;
  signing.logged = outgoing.signing->logged;
  signing.replaced = outgoing.signing->replaced;
  return is_for(filter, signing);
}

bool is_shown(const Filter& filter, const Outgoing& outgoing) {
  const bool told_with_its_signing = is_told_with_its_signing(filter, outgoing);
  if (!told_with_its_signing) return is_for(filter, outgoing);
  // What holds instead of what may have been shown of the application is shown.
  const bool instead = !outgoing.replaced.empty();
  if (!outgoing.retracted)
    return instead && !goes_with_its_signing(filter, outgoing) && is_for(filter, outgoing);
  // Who was never told of it need not be told that it does not hold.
  const bool with_another =
      outgoing.signing->logged.entry.recorded_at == outgoing.retracted->entry.recorded_at;
  return is_for(filter, outgoing) && (with_another || instead);
}

}  // namespace

std::vector<Item> published_items(const Filter& filter, const std::vector<Outgoing>& entries) {
  std::vector<Item> items;
  for (const auto& outgoing : entries) {
    if (!is_shown(filter, outgoing)) continue;
    items.push_back(item_of(outgoing));
    if (may_tell_application(filter, outgoing))
      items.back().application = outgoing.application->logged;
  }
  return items;
}

}  // namespace agreementd::alerts
