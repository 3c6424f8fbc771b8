#include "alerts/change_words.h"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alerts/plain_text.h"
#include "alerts/words.h"

namespace agreementd::alerts {
namespace {

bool is_application(const Change& change) { return change.list == List::pending; }

std::string_view field_name(Column field) {
  switch (field) {
    case Column::agency_type:
      return "agency type";
    case Column::moa:
      return "MOA";
    default:
      return to_string(field);
  }
}

/// Of a link the name of its file: the rest of it is for the details.
std::string side_words(Column field, const std::string& text) {
  if (field == Column::model) return model_words(text);
  const auto file = is_linkable(text) ? text.substr(text.rfind('/') + 1) : std::string();
  const auto words = value_words(file.empty() ? text : file);
  return words.empty() ? "(blank)" : words;
}

/// ` (…)`: why it came or went, where that is not what the first word says.
std::string reason_words(const Change& change, bool was_pending) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> ends{{
      {"unlisted", " (no longer listed)"},
      {"superseded", " (superseded by a later one)"},
      {"switched", " (switched to another model)"},
      {"signed", " (signed)"},
  }};
  switch (change.kind) {
    case ChangeKind::added:
      return was_pending ? " (was pending)" : "";
    case ChangeKind::terminated:
      if (is_application(change) && change.reason == "unlisted") return "";
      for (const auto& [reason, words] : ends)
        if (change.reason == reason) return std::string(words);
      return "";
    case ChangeKind::reinstated:
      return change.reason.empty() ? "" : fmt::format(" ({})", value_words(change.reason));
    default:
      return "";
  }
}

std::string_view added_word(const Change& change) {
  if (is_application(change)) return "Applied";
  if (change.reason == "renewal") return "Renewed";
  return change.reason == "switched" ? "Switched" : "New";
}

std::string_view first_word(const Change& change) {
  const bool pending = is_application(change);
  switch (change.kind) {
    case ChangeKind::added:
      return added_word(change);
    case ChangeKind::terminated:
      return pending ? "Left the pending list" : "Ended";
    case ChangeKind::changed:
      return pending ? "Application changed" : "Changed";
    case ChangeKind::reinstated:
      return pending ? "Back on the pending list" : "Back";
    case ChangeKind::retracted:
      return "Taken back";
  }
  return "";
}

std::string fields_words(const Change& change) {
  std::vector<std::string> parts;
  for (const auto& [field, before, after] : change.fields)
    parts.push_back(fmt::format("{} {} → {}", field_name(field), side_words(field, before),
                                side_words(field, after)));
  return fmt::format("{}{}", parts.empty() ? "" : ": ", fmt::join(parts, "; "));
}

std::string_view shown_verb(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "listed";
    case ChangeKind::terminated:
      return "no longer listed";
    case ChangeKind::reinstated:
      return "listed again";
    default:
      return "shown";
  }
}

}  // namespace

std::string value_words(std::string_view text) {
  constexpr std::size_t longest = 200;
  return shortened(plain_text(text), longest);
}

std::string line_words(std::string_view text) {
  constexpr std::size_t longest = 600;
  return shortened(plain_text(text), longest);
}

std::string agreement_words(const Change& change) {
  return fmt::format("{}, {}: {}{}", value_words(change.agency), value_words(change.state),
                     model_words(change.model),
                     change.signed_on ? ", signed " + to_string(*change.signed_on) : "");
}

std::string headline_of(const Change& change, bool was_pending) {
  return fmt::format("{}: {}{}{}", first_word(change), agreement_words(change),
                     reason_words(change, was_pending), fields_words(change));
}

std::vector<std::string> link_words(const Change& change) {
  const auto side = [](const std::string& text) {
    const auto words = line_words(text);
    return words.empty() ? "(blank)" : words;
  };
  std::vector<std::string> lines;
  for (const auto& [field, before, after] : change.fields)
    if (is_linkable(before) || is_linkable(after))
      lines.push_back(fmt::format("{} {} → {}", field_name(field), side(before), side(after)));
  return lines;
}

std::string shown_words(const Change& change) {
  const auto file = value_words(change.edition_file);
  return fmt::format("{} {}{}", shown_verb(change.kind), to_string(change.effective_date),
                     file.empty() ? "" : ", in " + file);
}

}  // namespace agreementd::alerts
