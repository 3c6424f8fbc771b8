#include "alerts/batch.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "alerts/words.h"

namespace agreementd::alerts {
namespace {

using storage::Outgoing;

/// How entries are looked at for a message.
struct View {
  const Sink& sink;
  Again again;
  const Fleeting& fleeting;
};

bool is_retraction(const Outgoing& outgoing) { return outgoing.retracted.has_value(); }

/// All of that significance.
Filter of_any(const std::set<Significance>& significances) {
  Filter filter;
  filter.causes.clear();
  filter.significances = significances;
  return filter;
}

/// The entries that are told, of those that were looked at so far.
using Told = std::set<std::int64_t>;

/// Whether the sink is told of the agreement, or was: then the application's leaving is no news.
/// But what holds instead of what the sink was told of the application is, unless it went along.
bool is_folded(const Sink& sink, const Outgoing& outgoing, const Told& told) {
  if (!sink.fold_signings || !outgoing.signing) return false;
  if (outgoing.replaced_told && !goes_with_its_signing(sink.filter, outgoing)) return false;
  return outgoing.signing->told || told.contains(outgoing.signing->logged.entry.seq);
}

bool is_withheld(const View& view, const Outgoing& outgoing) {
  if (view.fleeting.entries.contains(outgoing.logged.entry.seq)) return !outgoing.attempted;
  if (outgoing.stands) return false;
  return view.again == Again::yes || (view.sink.tells_what_stands() && !outgoing.attempted);
}

bool is_told(const View& view, const Outgoing& outgoing, const Told& told) {
  if (is_retraction(outgoing)) return outgoing.retracted_attempted;
  if (is_folded(view.sink, outgoing, told) || is_withheld(view, outgoing)) return false;
  return is_for(view.sink.filter, outgoing);
}

/// What it uncovered, as far as it is told.
std::vector<const Outgoing*> uncovered_by(const View& view, const Outgoing& outgoing,
                                          const Told& told) {
  std::vector<const Outgoing*> uncovered;
  const auto found = view.fleeting.uncovered.find(outgoing.logged.entry.seq);
  if (found != view.fleeting.uncovered.end())
    for (const auto& each : found->second)
      if (is_told(view, each, told)) uncovered.push_back(&each);
  return uncovered;
}

/// Whether it belongs to its run, and to no edition: what takes something back, what is put in its
/// place, and whatever a person or a better reading brought.
bool is_of_a_run(const Outgoing& outgoing) {
  const auto cause = outgoing.logged.entry.cause;
  return is_retraction(outgoing) || !outgoing.replaced.empty() || cause == Cause::decision ||
         cause == Cause::verdict || cause == Cause::rebuild;
}

/// Whether they belong into one message.
bool belong_together(const Sink& sink, const Outgoing& one, const Outgoing& other) {
  // What was sent once goes out again as it was, under its id.
  if (sink.digest == Digest::none || one.attempted != other.attempted) return false;
  if (sink.digest == Digest::daily) return true;
  const auto key = [](const Outgoing& outgoing) {
    const auto& entry = outgoing.logged.entry;
    const bool of_a_run = is_of_a_run(outgoing);
    return std::tuple(entry.recorded_at, of_a_run, of_a_run ? Sha256{} : entry.change.edition_id);
  };
  return key(one) == key(other);
}

/// Whether the leaving goes with its agreement: wherever that is sent, it is sent with the same.
bool goes_along(const View& view, const Outgoing& outgoing) {
  if (!view.sink.fold_signings || !may_tell_application(view.sink.filter, outgoing)) return false;
  if (view.fleeting.entries.contains(outgoing.application->logged.entry.seq)) return false;
  return outgoing.application->stands ||
         !(view.again == Again::yes || view.sink.tells_what_stands());
}

Item told_item(const View& view, const Outgoing& outgoing) {
  auto item = item_of(outgoing);
  if (goes_along(view, outgoing)) item.application = outgoing.application->logged;
  return item;
}

/// Whether a leaving is for whoever is told of its signing.
bool may_go_with(const Filter& filter, const LoggedEntry& leaving, const LoggedEntry& signing) {
  const auto cause = leaving.entry.cause;
  return cause == signing.entry.cause || filter.causes.empty() ||
         std::ranges::find(filter.causes, cause) != filter.causes.end();
}

}  // namespace

std::vector<std::int64_t> Batch::seqs() const {
  auto seqs = uncovering;
  if (message)
    for (const auto& item : message->items) {
      seqs.push_back(item.logged.entry.seq);
      if (item.application) seqs.push_back(item.application->entry.seq);
    }
  std::ranges::sort(seqs);
  const auto repeated = std::ranges::unique(seqs);
  seqs.erase(repeated.begin(), repeated.end());
  return seqs;
}

Item item_of(const Outgoing& outgoing) {
  Item item;
  item.logged = outgoing.logged;
  item.retracted = outgoing.retracted;
  item.moa_url = outgoing.moa_url;
  for (const auto& other : outgoing.possibly_same)
    item.possibly_same.push_back(agreement_name(other));
  return item;
}

bool may_tell_application(const Filter& filter, const Outgoing& outgoing) {
  return outgoing.application && may_go_with(filter, outgoing.application->logged, outgoing.logged);
}

bool goes_with_its_signing(const Filter& filter, const Outgoing& outgoing) {
  const auto& signing = outgoing.signing->logged;
  return signing.entry.recorded_at == outgoing.logged.entry.recorded_at &&
         may_go_with(filter, outgoing.logged, signing);
}

bool is_for(const Filter& filter, const Outgoing& outgoing) {
  const auto& said = outgoing.retracted ? outgoing.retracted->entry : outgoing.logged.entry;
  if (passes(filter, said)) return true;
  // Who was told something else is told this, whatever it is of.
  if (outgoing.replaced_told) return passes(of_any(filter.significances), said);
  if (outgoing.replaced.empty()) return false;
  auto any_cause = filter;
  any_cause.causes.clear();
  auto any_doubt = filter;
  any_doubt.unconfirmed = true;
  return passes(any_cause, said) && std::ranges::any_of(outgoing.replaced, [&](const Entry& old) {
           return passes(any_doubt, old);
         });
}

Batch next_batch(const Sink& sink, std::span<const Outgoing> entries, Again again,
                 const Fleeting& fleeting) {
  const View view{sink, again, fleeting};
  Told told;
  Batch batch;
  const Outgoing* first = nullptr;
  for (const auto& outgoing : entries) {
    // One place is one message: it is done with, or not.
    const auto uncovered = uncovered_by(view, outgoing, told);
    auto items = uncovered;
    if (is_told(view, outgoing, told)) items.insert(items.begin(), &outgoing);
    if (!items.empty()) {
      const bool full = batch.message && batch.message->items.size() >= most_items;
      if (first != nullptr && (full || !belong_together(sink, *first, outgoing))) break;
      if (first == nullptr) {
        first = &outgoing;
        batch.message.emplace();
      }
      for (const auto* item : items) {
        batch.message->items.push_back(told_item(view, *item));
        told.insert(item->logged.entry.seq);
      }
      if (!uncovered.empty()) batch.uncovering.push_back(outgoing.logged.entry.seq);
    }
    batch.position = outgoing.logged.entry.seq;
  }
  return batch;
}

}  // namespace agreementd::alerts
