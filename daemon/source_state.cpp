#include "daemon/source_state.h"

#include <algorithm>

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

using storage::SourceRecord;
using storage::UrlRecord;

/// It was had, whatever it is.
bool was_had(Outcome outcome) {
  return outcome == Outcome::ok || outcome == Outcome::not_modified ||
         outcome == Outcome::stale_link;
}

/// What cannot be had, in the words of its last failure.
Condition failure_of(const UrlRecord& url) {
  const bool blocked = url.outcome == Outcome::blocked || url.outcome == Outcome::robots;
  return {blocked ? State::blocked : State::failing, url.since, url.times,
          fmt::format("{}: {}{}{}", to_string(url.outcome), url.url, url.detail.empty() ? "" : ": ",
                      url.detail),
          blocked ? "ask the source's operators for access, and see that source.contact is set"
                  : "it is tried again; if it lasts, see whether the page has moved"};
}

bool is_had(const SourceRecord& record, List list) {
  return std::ranges::any_of(
      record.asked, [&](const UrlRecord& url) { return url.list == list && was_had(url.outcome); });
}

/// The first link of the last poll that could not be had: it may be any list's.
const UrlRecord* failed_link(const SourceRecord& record) {
  const auto found = std::ranges::find_if(
      record.asked, [](const UrlRecord& url) { return !was_had(url.outcome); });
  return found == record.asked.end() ? nullptr : &*found;
}

bool is_older(const std::optional<Instant>& since, Instant now, std::chrono::seconds than) {
  return since && now - *since > than;
}

Condition missing_link(Instant since, List list, const Source& source, Instant now) {
  const bool long_since = is_older(since, now, source.unlinked_after);
  return {long_since ? State::unlinked : State::link_missing, since, 0,
          fmt::format("the page links no {} list", to_string(list)),
          long_since ? "see whether the list has moved, and set source.page; what was listed stays "
                       "listed"
                     : "it is looked for again; what was listed stays listed"};
}

}  // namespace

Condition source_condition(const SourceRecord& record) {
  if (record.asked.empty()) return {State::waiting, {}, 0, "not asked for yet", ""};
  const auto& page = record.asked.front();
  return was_had(page.outcome) ? Condition{} : failure_of(page);
}

Condition list_condition(const SourceRecord& record, List list, const Source& source, Instant now) {
  if (record.asked.empty()) return source_condition(record);
  const auto& known = record.lists.at(list);
  if (!is_had(record, list)) {
    if (known.link_missing_since) return missing_link(*known.link_missing_since, list, source, now);
    if (const auto* failed = failed_link(record)) return failure_of(*failed);
  }
  if (known.newest_waits)
    return {State::quarantined,
            {},
            0,
            "its newest edition is quarantined",
            "agreementctl editions --status quarantined, then approve or reject it"};
  if (is_older(known.last_edition, now, source.silent_after))
    return {State::silent, known.last_edition, 0,
            fmt::format("no new {} list since {}", to_string(list),
                        to_string(new_york_date(*known.last_edition))),
            "see on the source's page whether there is a newer one elsewhere"};
  return {};
}

std::map<List, Condition> list_conditions(const SourceRecord& record, const Source& source,
                                          Instant now) {
  std::map<List, Condition> conditions;
  for (const auto list : {List::participating, List::pending})
    conditions.emplace(list, list_condition(record, list, source, now));
  return conditions;
}

std::string condition_text(const Condition& condition) {
  std::string text(to_string(condition.state));
  if (condition.since)
    text +=
        " since " + to_string(Instant{std::chrono::floor<std::chrono::seconds>(*condition.since)});
  if (condition.times > 0)
    text += fmt::format(", {} time{}", condition.times, condition.times == 1 ? "" : "s");
  if (!condition.detail.empty()) text += ", " + condition.detail;
  if (!condition.advice.empty()) text += ": " + condition.advice;
  return text;
}

std::vector<Notice> overdue_notices(const std::map<List, Condition>& conditions) {
  std::vector<Notice> notices;
  for (const auto& [list, condition] : conditions)
    if (condition.state == State::unlinked || condition.state == State::silent)
      notices.push_back({std::string(to_string(condition.state)), std::string(to_string(list)),
                         condition.detail + ": " + condition.advice});
  return notices;
}

}  // namespace agreementd::daemon
