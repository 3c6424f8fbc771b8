#include "daemon/commands/story_text.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands/change_text.h"
#include "daemon/commands/output.h"
#include "daemon/terminal_text.h"
#include "tracking/match.h"

namespace agreementd::daemon {
namespace {

using storage::Story;
using storage::Table;

std::string safe(const Table& table, std::size_t row, std::string_view column) {
  return printable(cell(table, row, column));
}

/// A moment without its fraction of a second, which no reader needs.
std::string second_of(const Table& table, std::size_t row, std::string_view column) {
  const auto text = safe(table, row, column);
  const auto point = text.find('.');
  return point == std::string::npos ? text : text.substr(0, point) + "Z";
}

/// No list that counts has it any more: an edition was rejected, or turned out to be another.
bool is_withdrawn(const Story& story) { return story.versions.rows.empty(); }

std::string list_of(const Story& story) {
  return safe(is_withdrawn(story) ? story.changes : story.versions, 0, "list");
}

bool is_application(const Story& story) { return list_of(story) == "pending"; }

/// A fact of a version, as a person says it; empty where the list says nothing of it.
struct Fact {
  const char* name;
  std::string (*text)(const Table& versions, std::size_t row);
};

std::string moa_text(const Table& versions, std::size_t row) {
  const auto status = safe(versions, row, "moa_status");
  if (status == "posted") return safe(versions, row, "moa_url");
  return status == "none" ? "" : status;
}

std::string model_text(const Table& versions, std::size_t row) {
  return model_name(cell(versions, row, "model"));
}

constexpr std::array facts{
    Fact{"agency", [](const Table& v, std::size_t row) { return safe(v, row, "agency"); }},
    Fact{"state", [](const Table& v, std::size_t row) { return safe(v, row, "state"); }},
    Fact{"county", [](const Table& v, std::size_t row) { return safe(v, row, "county"); }},
    Fact{"type", [](const Table& v, std::size_t row) { return safe(v, row, "agency_type"); }},
    Fact{"model", model_text},
    Fact{"signed", [](const Table& v, std::size_t row) { return safe(v, row, "signed"); }},
    Fact{"MOA", moa_text},
    Fact{"addendum", [](const Table& v, std::size_t row) { return safe(v, row, "addendum_url"); }},
};

std::string line(const std::string& text, std::size_t width, std::size_t indent) {
  return std::string(indent, ' ') + wrapped(text, width, indent) + "\n";
}

/// `label` and behind it `text` in a column of its own.
std::string labelled(const std::string& label, const std::string& text, std::size_t width,
                     std::size_t indent) {
  constexpr std::size_t label_width = 10;
  return std::string(indent, ' ') + padded(label, label_width) + "  " +
         wrapped(text, width, indent + label_width + 2) + "\n";
}

/// All that the first version says, a fact a line.
std::string all_facts(const Table& versions, std::size_t width) {
  std::string out;
  for (const Fact& fact : facts)
    if (const auto text = fact.text(versions, 0); !text.empty())
      out += labelled(fact.name, text, width, 6);
  return out;
}

/// What a later version says otherwise than the one before.
std::string other_facts(const Table& versions, std::size_t row, std::size_t width) {
  std::string out;
  for (const Fact& fact : facts) {
    const auto before = fact.text(versions, row - 1);
    const auto after = fact.text(versions, row);
    if (before != after)
      out += labelled(fact.name,
                      fmt::format("{} (was {})", after.empty() ? "(blank)" : after,
                                  before.empty() ? "blank" : before),
                      width, 6);
  }
  return out.empty() ? "      the same facts\n" : out;
}

std::string span_text(const Table& versions, std::size_t row) {
  const auto from = safe(versions, row, "from");
  const auto to = safe(versions, row, "to");
  const bool censored = cell(versions, row, "left_censored") == "true";
  return fmt::format("{}{} – {}", from, censored ? " or before" : "", to.empty() ? "now" : to);
}

/// Why the row was taken to be this agreement; nothing to say of the first, and of an exact key.
std::string match_text(const Table& versions, std::size_t row, std::size_t width) {
  const auto evidence = safe(versions, row, "evidence");
  const auto tier = safe(versions, row, "tier");
  if (tier.empty() || tier == "0") return "";
  const auto why =
      evidence.empty() ? std::string("state, agency, model and date are the same") : evidence;
  // What a person decided says so itself.
  const auto strength = tier == std::to_string(tracking::decided_tier)
                            ? std::string()
                            : fmt::format(" (evidence of tier {} of 6)", tier);
  return line(fmt::format("why the same: {}{}", why, strength), width, 6);
}

std::string versions_text(const Table& versions, std::size_t width) {
  if (versions.rows.empty()) return "";
  std::string out = "\nWhat the list said\n";
  for (std::size_t row = 0; row < versions.rows.size(); ++row) {
    const bool gone_before =
        row > 0 && cell(versions, row, "from") != cell(versions, row - 1, "to");
    if (gone_before)
      out += fmt::format("  {} – {}  not listed\n", safe(versions, row - 1, "to"),
                         safe(versions, row, "from"));
    out += fmt::format("  {}  {}\n", span_text(versions, row), safe(versions, row, "edition_file"));
    out += row == 0 ? all_facts(versions, width) : other_facts(versions, row, width);
    out += match_text(versions, row, width);
  }
  return out;
}

/// The entries that another one retracts, and which that is.
std::map<std::string, std::string> retractions(const Table& changes) {
  std::map<std::string, std::string> result;
  for (std::size_t row = 0; row < changes.rows.size(); ++row)
    if (const auto seq = cell(changes, row, "retracts_seq"); !seq.empty())
      result[seq] = cell(changes, row, "seq");
  return result;
}

std::string change_source(const Table& changes, std::size_t row) {
  std::vector<std::string> parts;
  if (const auto day = safe(changes, row, "not_before"); !day.empty())
    parts.push_back("after " + day);
  if (const auto file = safe(changes, row, "edition_file"); !file.empty())
    parts.push_back("shown by " + file);
  parts.push_back(fmt::format("entry {}, recorded {} ({})", safe(changes, row, "seq"),
                              second_of(changes, row, "recorded_at"), safe(changes, row, "cause")));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string changes_text(const Table& all, std::size_t width) {
  const auto changes = readable_changes(all);
  std::string out = "\nWhat changed\n";
  if (changes.rows.empty()) out += "  nothing since the first list we have\n";
  const auto retracted = retractions(changes);
  for (std::size_t row = 0; row < changes.rows.size(); ++row) {
    const auto by = retracted.find(cell(changes, row, "seq"));
    const auto mark =
        by == retracted.end() ? "" : fmt::format(" [retracted by entry {}]", by->second);
    out += labelled(
        safe(changes, row, "date"),
        fmt::format("{}: {}{}", safe(changes, row, "kind"), cell(changes, row, "what"), mark),
        width, 2);
    if (const auto evidence = safe(changes, row, "evidence"); !evidence.empty())
      out += line("evidence: " + evidence, width, 6);
    if (const auto related = safe(changes, row, "related_id"); !related.empty())
      out += line("see also: agreementctl show " + related, width, 6);
    out += line(change_source(changes, row), width, 6);
  }
  return out;
}

std::string documents_text(const Table& documents) {
  std::string out = "\nDocuments that show it\n";
  for (std::size_t row = 0; row < documents.rows.size(); ++row)
    out += fmt::format("  {}\n      {}, {} bytes, first seen {}\n", safe(documents, row, "sha256"),
                       safe(documents, row, "file_name"), safe(documents, row, "size"),
                       second_of(documents, row, "first_seen"));
  if (!documents.rows.empty())
    out += fmt::format("  To get one: agreementctl document {} -o FILE\n",
                       safe(documents, 0, "sha256").substr(0, 8));
  return out;
}

/// What it is called and what it is, in three lines, by the row of versions or changes.
std::string title(const Story& story, const Table& table, std::size_t row) {
  const auto name = fmt::format("{}, {}", safe(table, row, "agency"), safe(table, row, "state"));
  const auto signed_on = safe(table, row, "signed");
  return fmt::format("{}\n{}\n{}{}, {} {}\n", name, std::string(display_width(name), '='),
                     model_text(table, row), signed_on.empty() ? "" : ", signed " + signed_on,
                     is_application(story) ? "application" : "agreement", printable(story.id));
}

/// The last entry that told of something, rather than took it back.
std::size_t last_told(const Table& changes) {
  std::size_t last = 0;
  for (std::size_t row = 0; row < changes.rows.size(); ++row)
    if (cell(changes, row, "retracts_seq").empty()) last = row;
  return last;
}

std::string withdrawn_summary(const Story& story, std::size_t width) {
  const Table& changes = story.changes;
  const auto last = changes.rows.size() - 1;
  auto text = fmt::format(
      "Withdrawn: it was believed to be on the {} list until {}, and is not any more: no edition "
      "that counts shows it.",
      list_of(story), second_of(changes, last, "recorded_at"));
  if (const auto agency = safe(changes, last, "agency_id"); !agency.empty())
    text += fmt::format(" What there is of its agency: agreementctl show {}", agency);
  return title(story, changes, last_told(changes)) + line(text, width, 0);
}

/// What it is and how it stands.
std::string summary(const Story& story, std::size_t width) {
  if (is_withdrawn(story)) return withdrawn_summary(story, width);
  const Table& versions = story.versions;
  const auto last = versions.rows.size() - 1;
  const auto to = safe(versions, last, "to");
  const bool censored = cell(versions, 0, "left_censored") == "true";
  return title(story, versions, last) +
         fmt::format("On the {} list since {}{}; {}.\n", list_of(story), safe(versions, 0, "from"),
                     censored ? " or before" : "",
                     to.empty() ? "still listed" : "no longer listed in the edition of " + to);
}

}  // namespace

std::string model_name(const std::string& model) {
  constexpr std::array names{std::pair{"JEM", "jail enforcement model (JEM)"},
                             std::pair{"WSO", "warrant service officer model (WSO)"},
                             std::pair{"TFM", "task force model (TFM)"},
                             std::pair{"TTFM", "tribal task force model (TTFM)"}};
  for (const auto& [code, name] : names)
    if (model == code) return name;
  return printable(model);
}

std::string agency_heading(const std::string& agency_id, const std::vector<Story>& stories) {
  std::ptrdiff_t agreements = 0, applications = 0, withdrawn = 0;
  for (const auto& story : stories)
    ++(is_withdrawn(story) ? withdrawn : is_application(story) ? applications : agreements);
  std::vector<std::string> parts;
  if (agreements > 0)
    parts.push_back(fmt::format("{} agreement{}", agreements, agreements == 1 ? "" : "s"));
  if (applications > 0)
    parts.push_back(fmt::format("{} application{}", applications, applications == 1 ? "" : "s"));
  const auto held =
      parts.empty() ? "nothing" : fmt::format("{}, now or once", fmt::join(parts, ", "));
  return fmt::format("Agency {}: {}{}\n\n", printable(agency_id), held,
                     withdrawn == 0 ? "" : fmt::format("; {} withdrawn", withdrawn));
}

std::string story_text(const Story& story, std::size_t width) {
  const auto usable = std::max<std::size_t>(40, width == 0 ? 100 : width);
  return summary(story, usable) + versions_text(story.versions, usable) +
         changes_text(story.changes, usable) + documents_text(story.documents);
}

}  // namespace agreementd::daemon
