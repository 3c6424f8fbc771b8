#include "alerts/signings.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace agreementd::alerts {
namespace {

bool is_listing(const Change& change) {
  return change.list == List::participating && change.kind == ChangeKind::added;
}

bool is_signing(const Change& change) {
  return change.list == List::pending && change.kind == ChangeKind::terminated &&
         change.reason == "signed";
}

bool is_told(const Filter& filter, const Entry& entry) {
  return entry.change.kind == ChangeKind::retracted || passes(filter, entry);
}

/// Whether a sink is told of agreements that are new on the participating list.
bool has_listings(const Filter& filter) {
  return (filter.lists.empty() || filter.lists.contains(List::participating)) &&
         (filter.kinds.empty() || filter.kinds.contains(ChangeKind::added));
}

class Folding {
 public:
  Folding(std::vector<LoggedEntry> entries, const Filter& filter)
      : entries_(std::move(entries)), filter_(filter) {
    for (const auto& [entry, text, hash] : entries_)
      if (is_listing(entry.change)) {
        listings_.insert(entry.change.agreement_id);
        if (is_told(filter_, entry)) told_.insert(entry.change.agreement_id);
      }
  }

  std::vector<Item> items() {
    for (auto& logged : entries_)
      if (is_signing(logged.entry.change)) fold(logged);
    std::vector<Item> result;
    for (auto& logged : entries_) {
      const Change& change = logged.entry.change;
      if (folded_.contains(logged.entry.seq) || !is_told(filter_, logged.entry)) continue;
      if (is_signing(change) && was_told_before(change)) continue;
      Item item;
      if (is_listing(change)) item.application = take_application(change.agreement_id);
      item.logged = std::move(logged);
      result.push_back(std::move(item));
    }
    return result;
  }

 private:
  void fold(const LoggedEntry& leaving) {
    const auto& agreement = leaving.entry.change.related_id;
    if (told_.contains(agreement) && applications_.try_emplace(agreement, leaving).second)
      folded_.insert(leaving.entry.seq);
  }

  std::optional<LoggedEntry> take_application(const std::string& agreement) {
    auto node = applications_.extract(agreement);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
  }

  [[nodiscard]] bool was_told_before(const Change& leaving) const {
    return !listings_.contains(leaving.related_id) && has_listings(filter_);
  }

  std::vector<LoggedEntry> entries_;
  const Filter& filter_;
  std::set<std::string> listings_;                   ///< agreements that are new in the batch
  std::set<std::string> told_;                       ///< those that pass
  std::map<std::string, LoggedEntry> applications_;  ///< by the agreement it became
  std::set<std::int64_t> folded_;                    ///< seq
};

}  // namespace

std::vector<Item> fold_signings(std::vector<LoggedEntry> entries, const Filter& filter, bool fold) {
  if (fold) return Folding(std::move(entries), filter).items();
  std::vector<Item> result;
  for (auto& logged : entries)
    if (is_told(filter, logged.entry)) {
      Item item;
      item.logged = std::move(logged);
      result.push_back(std::move(item));
    }
  return result;
}

}  // namespace agreementd::alerts
