#include "alerts/published.h"

#include "alerts/batch.h"

namespace agreementd::alerts {
namespace {

using storage::Outgoing;

bool is_shown(const Filter& filter, const Outgoing& outgoing) {
  const bool told_with_its_signing = outgoing.signing && passes(filter, outgoing.signing->entry);
  if (!outgoing.retracted) return !told_with_its_signing && passes(filter, outgoing.logged.entry);
  // Who was never told of it need not be told that it does not hold.
  const auto& old = outgoing.retracted->entry;
  const bool with_another =
      told_with_its_signing && outgoing.signing->entry.recorded_at == old.recorded_at;
  return passes(filter, old) && (!told_with_its_signing || with_another);
}

}  // namespace

std::vector<Item> published_items(const Filter& filter, const std::vector<Outgoing>& entries) {
  std::vector<Item> items;
  for (const auto& outgoing : entries) {
    if (!is_shown(filter, outgoing)) continue;
    items.push_back(item_of(outgoing));
    items.back().application = outgoing.application;
  }
  return items;
}

}  // namespace agreementd::alerts
