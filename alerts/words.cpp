#include "alerts/words.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alerts/change_words.h"
#include "alerts/plain_text.h"

namespace agreementd::alerts {
namespace {

/// A moment without its fraction of a second, which no reader needs.
std::string second_of(Instant instant) {
  return to_string(Instant(std::chrono::floor<std::chrono::seconds>(instant)));
}

/// An agreement is known to have been applied for by its own entry too.
bool was_pending(const Item& item) {
  const Change& change = item.logged.entry.change;
  const bool named = change.list == List::participating && change.kind == ChangeKind::added &&
                     change.reason == "listed" && !change.related_id.empty();
  return item.application.has_value() || named;
}

std::string unconfirmed_words(const std::vector<std::string>& possibly_same) {
  if (possibly_same.empty()) return "unconfirmed";
  const auto others = possibly_same.size() - 1;
  return fmt::format("possibly the same as {}{}", value_words(possibly_same.front()),
                     others == 0   ? ""
                     : others == 1 ? " or one other"
                                   : fmt::format(" or {} others", others));
}

/// What a retraction takes back, as it was told.
std::string taken_back(const Item& item) {
  const Change& change = item.logged.entry.change;
  if (item.retracted) {
    const Change& told = item.retracted->entry.change;
    return fmt::format("Taken back: “{}”", headline_of(told, false));
  }
  return fmt::format("{}: entry {} does not hold", headline_of(change, false),
                     change.retracts_seq.value_or(0));
}

std::string headline_words(const Item& item) {
  const Change& change = item.logged.entry.change;
  if (change.kind == ChangeKind::retracted) return taken_back(item);
  const auto words = headline_of(change, was_pending(item));
  return change.unconfirmed ? words + "; " + unconfirmed_words(item.possibly_same) : words;
}

/// Why an entry is taken back, where its evidence does not say.
std::string_view retraction_cause(Cause cause) {
  switch (cause) {
    case Cause::edition:
      return "a list that has come in since says otherwise";
    case Cause::archive:
      return "a list that was found since says otherwise";
    case Cause::decision:
      return "a person decided which agreements are the same";
    case Cause::verdict:
      return "a person decided whether a list counts";
    case Cause::rebuild:
      return "the same lists are read better";
  }
  return "";
}

std::vector<std::string> retraction_details(const Item& item) {
  const Entry& entry = item.logged.entry;
  std::vector<std::string> lines;
  if (item.retracted) {
    const Entry& told = item.retracted->entry;
    lines.push_back(fmt::format("this was entry {} of {}; it does not hold", told.seq,
                                second_of(told.recorded_at)));
    lines.push_back("it said: " + shown_words(told.change));
  }
  lines.push_back(fmt::format("why: {}", entry.change.evidence.empty()
                                             ? std::string(retraction_cause(entry.cause))
                                             : plain_text(entry.change.evidence)));
  return lines;
}

std::vector<std::string> change_details(const Item& item) {
  constexpr std::size_t shown = 10;
  const Change& change = item.logged.entry.change;
  auto lines = link_words(change);
  lines.insert(lines.begin(), shown_words(change));
  if (item.application) {
    const Change& left = item.application->entry.change;
    lines.push_back("application " + shown_words(left));
    if (!left.evidence.empty()) lines.push_back("evidence: " + left.evidence);
  }
  const auto& others = item.possibly_same;
  for (std::size_t i = 1; i < std::min(others.size(), shown); ++i)
    lines.push_back("possibly the same as " + value_words(others[i]));
  if (!change.evidence.empty() &&
      !(item.application && item.application->entry.change.evidence == change.evidence))
    lines.push_back("evidence: " + change.evidence);
  return lines;
}

std::string entry_line(const Entry& entry) {
  const bool application = entry.change.list == List::pending;
  return fmt::format("{} {}, entry {}, recorded {}{}", application ? "application" : "agreement",
                     entry.change.agreement_id, entry.seq, second_of(entry.recorded_at),
                     entry.cause == Cause::archive ? ", from an archived list" : "");
}

}  // namespace

std::string model_words(std::string_view model) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> names{{
      {"JEM", "jail enforcement model"},
      {"WSO", "warrant service officer model"},
      {"TFM", "task force model"},
      {"TTFM", "tribal task force model"},
  }};
  for (const auto& [code, name] : names)
    if (model == code) return std::string(name);
  const auto printed = value_words(model);
  return printed.empty() ? "no model given" : printed;
}

std::string agreement_name(const Change& change) {
  return fmt::format("{} ({}, {}{})", value_words(change.agency), value_words(change.state),
                     model_words(change.model),
                     change.signed_on ? ", signed " + to_string(*change.signed_on) : "");
}

Words words_of(const Item& item) {
  const Entry& entry = item.logged.entry;
  const bool retracts = entry.change.kind == ChangeKind::retracted;
  auto details = retracts ? retraction_details(item) : change_details(item);
  details.push_back(entry_line(entry));
  for (auto& each : details) each = line_words(each);
  return {line_words(headline_words(item)), std::move(details),
          is_linkable(item.moa_url) ? item.moa_url : std::string()};
}

}  // namespace agreementd::alerts
