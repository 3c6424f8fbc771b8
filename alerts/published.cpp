#include "alerts/published.h"

#include "alerts/batch.h"

namespace agreementd::alerts {
namespace {

using storage::Outgoing;

bool is_shown(const Filter& filter, const Outgoing& outgoing) {
  const bool told_with_its_signing = outgoing.signing && passes(filter, outgoing.signing->entry);
  if (!outgoing.retracted) return !told_with_its_signing && is_for(filter, outgoing);
  // Who was never told of it need not be told that it does not hold.
  const bool with_another = told_with_its_signing && outgoing.signing->entry.recorded_at ==
                                                         outgoing.retracted->entry.recorded_at;
  return is_for(filter, outgoing) && (!told_with_its_signing || with_another);
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
