#include "alerts/fleeting.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace agreementd::alerts {
namespace {

using storage::Outgoing;
using storage::PastEntry;
using Story = std::vector<PastEntry>;  ///< the entries of one agreement
using Seqs = std::set<std::int64_t>;

/// An agreement as its entries say it: whether it is listed, and the facts that changed.
class Replayed {
 public:
  /// False where the entry does not go on from what is known: entries are missing in between.
  bool apply(const Change& change) {
    const bool listed_before =
        change.kind == ChangeKind::terminated || change.kind == ChangeKind::changed;
    if (!listed_) started_listed_ = listed_before;
    if (listed_.value_or(listed_before) != listed_before) return false;
    listed_ = change.kind != ChangeKind::terminated;
    return std::ranges::all_of(change.fields, [&](const auto& field) { return apply(field); });
  }
  [[nodiscard]] bool listed() const { return listed_.value_or(false); }
  /// What is not listed has no facts.
  [[nodiscard]] bool as_at_the_start() const {
    return listed_ == started_listed_ &&
           (!started_listed_ || std::ranges::all_of(facts_, [](const auto& fact) {
             return fact.second.first == fact.second.second;
           }));
  }

 private:
  bool apply(const FieldChange& field) {
    auto& [first, last] = facts_.try_emplace(field.field, field.before, field.before).first->second;
    return std::exchange(last, field.after) == field.before;
  }

  bool started_listed_ = false;
  std::optional<bool> listed_;                                   ///< absent: nothing was applied
  std::map<Column, std::pair<std::string, std::string>> facts_;  ///< at the start, and now
};

/// Whether both were recorded, and listed, within that time.
bool are_close(const Entry& one, const Entry& other, std::chrono::seconds delay) {
  const auto days = std::chrono::ceil<std::chrono::days>(delay);
  const auto apart = std::chrono::sys_days{other.change.effective_date} -
                     std::chrono::sys_days{one.change.effective_date};
  return other.recorded_at - one.recorded_at <= delay && -days <= apart && apart <= days;
}

/// Whether it comes after what was recorded before it in ICE's time too. Of a day nobody knows the
/// order but of what was recorded as it was published.
bool goes_on_from(Date latest, const Entry& entry) {
  return entry.change.effective_date > latest ||
         (entry.change.effective_date == latest && entry.cause == Cause::edition);
}

/// How many of them came to nothing, from the first on. `latest`: ICE's date of what is before
/// them; absent: nothing is.
std::size_t length_of_nothing(std::span<const PastEntry> entries, std::optional<Date> latest,
                              std::chrono::seconds delay) {
  Replayed agreement;
  std::size_t length = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& each = entries[i];
    if (each.sent_in || !are_close(entries.front().entry, each.entry, delay) ||
        !agreement.apply(each.entry.change) || (latest && !goes_on_from(*latest, each.entry)))
      break;
    latest = each.entry.change.effective_date;
    if (agreement.as_at_the_start()) length = i + 1;
  }
  // Who is told that it returned should have been told that it was listed.
  const bool is_new = entries.front().entry.change.kind == ChangeKind::added;
  return is_new && agreement.listed() ? 0 : length;
}

Story standing(const Story& story) {
  Story result;
  std::ranges::copy_if(story, std::back_inserter(result),
                       [](const auto& each) { return !each.retracted_at; });
  return result;
}

/// Those that stood before that moment.
Story standing_before(const Story& story, Instant at) {
  Story result;
  std::ranges::copy_if(story, std::back_inserter(result), [&](const auto& each) {
    return each.entry.recorded_at < at && (!each.retracted_at || *each.retracted_at >= at);
  });
  return result;
}

/// As before that attempt.
Story before_sending(Story story, std::int64_t attempt) {
  for (auto& each : story)
    if (each.sent_in && *each.sent_in >= attempt) each.sent_in.reset();
  return story;
}

/// What is something since the run that took this back. Where it was sent in the place of the
/// retraction, perhaps to nobody, it is so still.
Seqs uncovered_by(const PastEntry& taken_back, Story story, std::chrono::seconds delay) {
  if (taken_back.retraction_sent_in)
    story = before_sending(std::move(story), *taken_back.retraction_sent_in);
  const auto then = came_to_nothing(standing_before(story, *taken_back.retracted_at), delay);
  if (!then.contains(taken_back.entry.seq)) return {};
  const auto still = came_to_nothing(standing(story), delay);
  Seqs uncovered;
  for (const auto& each : standing(story))
    if (then.contains(each.entry.seq) && !still.contains(each.entry.seq))
      uncovered.insert(each.entry.seq);
  return uncovered;
}

const std::string& agreement_of(const Outgoing& outgoing) {
  return (outgoing.retracted ? *outgoing.retracted : outgoing.logged).entry.change.agreement_id;
}

/// By agreement.
std::map<std::string, Story> stories_of(storage::Store& store, const Sink& sink,
                                        std::span<const Outgoing> due) {
  std::set<std::string> agreements;
  for (const auto& each : due) {
    agreements.insert(agreement_of(each));
    if (each.application) agreements.insert(each.application->logged.entry.change.agreement_id);
  }
  std::map<std::string, Story> stories;
  for (auto& each : storage::past_entries(store, sink.name, {agreements.begin(), agreements.end()}))
    stories[each.entry.change.agreement_id].push_back(std::move(each));
  return stories;
}

}  // namespace

Seqs came_to_nothing(std::span<const PastEntry> entries, std::chrono::seconds delay) {
  Seqs nothing;
  std::optional<Date> latest;
  while (!entries.empty()) {
    const auto length = length_of_nothing(entries, latest, delay);
    for (const auto& each : entries.first(length)) nothing.insert(each.entry.seq);
    const auto done = entries.first(std::max<std::size_t>(length, 1));
    for (const auto& each : done)
      latest = std::max(latest.value_or(each.entry.change.effective_date),
                        each.entry.change.effective_date);
    entries = entries.subspan(done.size());
  }
  return nothing;
}

Fleeting fleeting_of(storage::Store& store, const Sink& sink, std::span<const Outgoing> due) {
  Fleeting fleeting;
  if (sink.delay.count() == 0 || due.empty()) return fleeting;
  const auto stories = stories_of(store, sink, due);
  for (const auto& [agreement, story] : stories)
    fleeting.entries.merge(came_to_nothing(standing(story), sink.delay));

  std::map<std::int64_t, std::int64_t> places;  // of what is uncovered: the first retraction
  for (const auto& retraction : due) {
    if (!retraction.retracted) continue;
    const auto story = stories.find(agreement_of(retraction));
    if (story == stories.end()) continue;
    const auto taken_back = std::ranges::find(story->second, retraction.retracted->entry.seq,
                                              [](const auto& each) { return each.entry.seq; });
    if (taken_back == story->second.end()) continue;
    for (const auto seq : uncovered_by(*taken_back, story->second, sink.delay))
      // What comes yet is told in its own place.
      if (seq < due.front().logged.entry.seq) places.try_emplace(seq, retraction.logged.entry.seq);
  }
  std::vector<std::int64_t> seqs;
  for (const auto& [seq, place] : places) seqs.push_back(seq);
  if (!seqs.empty())
    for (auto& each : storage::outgoing_entries(store, sink.name, seqs))
      fleeting.uncovered[places.at(each.logged.entry.seq)].push_back(std::move(each));
  return fleeting;
}

}  // namespace agreementd::alerts
