#include "daemon/report_text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/terminal_text.h"

namespace agreementd::daemon {
namespace {

std::string counted(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string counted(int count, const char* one, const char* many) {
  return counted(static_cast<std::size_t>(count), one, many);
}

std::string kind_word(const Change& change) {
  const bool left = change.list == List::pending && change.kind == ChangeKind::terminated;
  return left ? "left" : std::string(to_string(change.kind));
}

std::string details(const Change& change) {
  std::vector<std::string> parts;
  for (const auto& field : change.fields)
    parts.push_back(field_text(std::string(to_string(field.field)), field.before, field.after));
  if (change.retracts_seq)
    parts.push_back(fmt::format("entry {} does not hold", *change.retracts_seq));
  if (parts.empty() && !change.reason.empty()) parts.push_back(printable(change.reason));
  if (change.unconfirmed) parts.emplace_back("unconfirmed");
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

std::string short_id(const Sha256& id) { return to_hex(id).substr(0, 8); }

std::string field_text(const std::string& field, const std::string& before,
                       const std::string& after) {
  const auto side = [](const std::string& text) {
    return text.empty() ? "(blank)" : printable(text);
  };
  return fmt::format("{} {} → {}", printable(field), side(before), side(after));
}

std::string change_line(const Change& change) {
  const auto date = change.signed_on ? "signed " + to_string(*change.signed_on) : std::string();
  std::string line =
      fmt::format("{}  {:<10}  {}  {}  {}  {}", to_string(change.effective_date), kind_word(change),
                  printable(change.state), printable(change.agency), printable(change.model), date);
  line.erase(line.find_last_not_of(' ') + 1);
  const auto more = details(change);
  return more.empty() ? line : fmt::format("{}  ({})", line, more);
}

std::string entry_lines(const std::vector<NewEntry>& entries, std::size_t limit) {
  const std::size_t before = entries.size() - std::min(limit, entries.size());
  std::string out = before > 0 ? fmt::format("  … {} before these\n", before) : "";
  for (std::size_t i = before; i < entries.size(); ++i)
    out += "  " + change_line(entries[i].change) + "\n";
  return out;
}

std::string count_entries(const std::vector<NewEntry>& entries) {
  if (entries.empty()) return "no entries";
  std::vector<std::string> parts;
  for (const char* word : {"new", "terminated", "left", "changed", "reinstated", "retracted"}) {
    const auto count = std::ranges::count_if(
        entries, [&](const NewEntry& entry) { return kind_word(entry.change) == word; });
    if (count > 0) parts.push_back(fmt::format("{} {}", count, word));
  }
  return fmt::format("{}: {}", counted(entries.size(), "entry", "entries"), fmt::join(parts, ", "));
}

std::string edition_name(const Edition& edition) {
  std::string name =
      fmt::format("{} list of {}", to_string(edition.list), to_string(edition.date()));
  return edition.file_name.empty() ? name : name + ", " + printable(edition.file_name);
}

std::string quarantine_text(const std::vector<Edition>& editions) {
  if (editions.empty()) return "";
  std::string out =
      fmt::format("\n{} quarantined: stored, but changing nothing until a person decides.\n",
                  counted(editions.size(), "edition", "editions"));
  for (const auto& edition : editions) {
    const auto id = short_id(edition.id);
    out += fmt::format("\n  {}  {}\n    why:         {}\n", id, edition_name(edition),
                       printable(edition.reason));
    out += fmt::format("    believe it:  agreementctl approve {}\n", id);
    out += fmt::format("    discard it:  agreementctl reject {} --why \"REASON\"\n", id);
  }
  return out;
}

std::string import_text(const ImportReport& report) {
  constexpr std::size_t shown = 20;
  std::string out = counted(report.lists, "list", "lists") + " read";
  if (report.new_fetches == 0)
    out += report.lists == 0 ? "" : ", nothing new";
  else
    out += fmt::format(": {} recorded, {} with new bytes, {}",
                       counted(report.new_fetches, "file", "files"), report.new_documents,
                       counted(report.new_editions, "new edition", "new editions"));
  out += "\n";
  if (report.skipped > 0) out += counted(report.skipped, "file", "files") + " skipped: no lists\n";
  if (!report.entries.empty())
    out += "Recorded " + count_entries(report.entries) + "\n" + entry_lines(report.entries, shown);
  if (report.entries.size() > shown) out += "All of them: agreementctl changes\n";
  return out + quarantine_text(report.quarantined);
}

std::string refusal_text(const ImportReport& report, int limit) {
  constexpr std::size_t shown = 10;
  std::vector<NewEntry> retractions;
  std::ranges::copy_if(report.entries, std::back_inserter(retractions), [](const NewEntry& entry) {
    return entry.change.kind == ChangeKind::retracted;
  });
  return fmt::format(
      "{} of the change log would be retracted, more than {}: nothing was stored.\n{}"
      "If the lists are right, run the same import with --yes.\n",
      counted(retractions.size(), "entry", "entries"), limit, entry_lines(retractions, shown));
}

}  // namespace agreementd::daemon
