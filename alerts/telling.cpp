#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alerts/change_words.h"
#include "alerts/words.h"

namespace agreementd::alerts {
namespace {

/// What an entry is counted as. An application that leaves is never called ended.
std::string_view count_word(const Change& change) {
  const bool pending = change.list == List::pending;
  switch (change.kind) {
    case ChangeKind::added:
      return pending ? "applied" : "new";
    case ChangeKind::terminated:
      return pending ? "left the pending list" : "ended";
    case ChangeKind::changed:
      return "changed";
    case ChangeKind::reinstated:
      return "back";
    case ChangeKind::retracted:
      return "taken back";
  }
  return "";
}

/// `3 changes: 2 new, 1 ended`.
std::string counts(const std::vector<Item>& items) {
  static constexpr std::array<std::string_view, 7> words{
      "new", "ended", "changed", "back", "applied", "left the pending list", "taken back"};
  std::vector<std::string> parts;
  for (const auto word : words) {
    const auto count = std::ranges::count_if(
        items, [&](const Item& item) { return count_word(item.logged.entry.change) == word; });
    if (count > 0) parts.push_back(fmt::format("{} {}", count, word));
  }
  return fmt::format("{} changes: {}", items.size(), fmt::join(parts, ", "));
}

}  // namespace

Telling telling(const Message& message) {
  Telling result;
  result.id = message_id(message);
  for (const auto& item : message.items) result.parts.push_back(words_of(item));
  result.subject = result.parts.size() == 1 ? result.parts.front().headline : counts(message.items);
  return result;
}

Telling telling(const NoticeMessage& message) {
  const auto& [notice, opened_at, closed_at] = message;
  Words words;
  words.headline = line_words(
      fmt::format("{}: {}: {}", closed_at ? "Over" : "Notice", notice.kind, notice.subject));
  words.details = {line_words(notice.text), "since " + to_string(opened_at)};
  if (closed_at) words.details.push_back("until " + to_string(*closed_at));
  return {message_id(message), words.headline, {words}};
}

Telling telling(const Sample& sample) {
  const Words words{std::string(sample_text),
                    {line_words("sent to " + sample.sink + " at " + to_string(sample.at))},
                    ""};
  return {message_id(sample), words.headline, {words}};
}

}  // namespace agreementd::alerts
