#include "daemon/service/source_watch.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

bool is_fine(const Condition& condition) {
  return condition.state == State::ok || condition.state == State::waiting;
}

/// Since when and how often is no news.
bool is_same(const Condition& one, const Condition& other) {
  return (is_fine(one) && is_fine(other)) ||
         (one.state == other.state && one.detail == other.detail);
}

/// Opens what time brought about, and closes what is over.
void keep_overdue_notices(storage::Store& store, const std::map<List, Condition>& lists,
                          Instant now) {
  const auto wanted = overdue_notices(lists);
  const auto is_wanted = [&](const auto& open) {
    return std::ranges::any_of(wanted, [&](const Notice& notice) {
      return notice.kind == open.kind && notice.subject == open.subject;
    });
  };
  const auto consequences = store.begin_consequences();
  for (const auto& open : consequences->notices()) {
    const bool ours =
        open.kind == to_string(State::unlinked) || open.kind == to_string(State::silent);
    if (ours && !is_wanted(open)) consequences->close_notice(open.kind, open.subject, now);
  }
  for (const auto& notice : wanted) consequences->open_notice(notice, now);
  consequences->commit();
}

}  // namespace

void SourceWatch::look(storage::Store& store, const std::string& page, const Source& source,
                       Instant now) {
  const auto record = storage::source_record(store, page);
  const auto lists = list_conditions(record, source, now);
  const auto whole = source_condition(record);
  tell("source", whole);
  // Where the page cannot be had no list can: once is enough.
  for (const auto& [list, condition] : lists)
    if (is_fine(whole) || !is_same(condition, whole))
      tell(fmt::format("{} list", to_string(list)), condition);
  keep_overdue_notices(store, lists, now);
  measure(storage::source_record(store, page), lists);
}

void SourceWatch::tell(const std::string& subject, const Condition& condition) {
  // Before it looked all was fine.
  if (is_same(std::exchange(told_[subject], condition), condition)) return;
  journal_.write(is_fine(condition) ? Level::info : Level::warning,
                 fmt::format("{}: {}", subject, condition_text(condition)),
                 {{"SUBJECT", subject}, {"STATE", std::string(to_string(condition.state))}});
}

void SourceWatch::measure(const storage::SourceRecord& record,
                          const std::map<List, Condition>& lists) {
  metrics_.set_open_notices(static_cast<std::size_t>(record.open_notices));
  metrics_.set_source_state(source_condition(record).state);
  for (const auto& [list, condition] : lists) metrics_.set_list_state(list, condition.state);
  for (const auto& [list, known] : record.lists) {
    metrics_.set_quarantined_editions(list, static_cast<std::size_t>(known.quarantined));
    if (known.last_edition)
      metrics_.set_last_edition(list, *known.last_edition,
                                static_cast<std::size_t>(known.listings));
  }
}

}  // namespace agreementd::daemon
