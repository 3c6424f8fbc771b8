#include "daemon/report_text.h"

#include <algorithm>
#include <array>
#include <tuple>

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

bool has_date(const Edition& edition) { return edition.dating.dated_by != DatedBy::nothing; }

/// What came of a URL, then the URL.
std::string asked_line(const Asked& asked) {
  std::string what = asked.list ? fmt::format("{} list", to_string(*asked.list)) : "page";
  if (asked.outcome == Outcome::ok)
    what += asked.list ? asked.news ? ", new" : ", known" : "";
  else
    what = fmt::format("{}{}", asked.list ? what + ", " : "", to_string(asked.outcome));
  const bool named = !asked.file_name.empty() && !asked.url.ends_with(asked.file_name);
  return fmt::format("{:<26}  {}{}\n", what, printable(asked.url),
                     named ? fmt::format("  ({})", printable(asked.file_name)) : "");
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
  const auto date =
      has_date(edition) ? "of " + to_string(edition.date()) : std::string("without a date");
  const auto name = fmt::format("{} list {}", to_string(edition.list), date);
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
    if (has_date(edition))
      out += fmt::format("    believe it:  agreementctl approve {}\n", id);
    else
      out +=
          fmt::format("    date it:     agreementctl redate {} YYYY-MM-DD --why \"REASON\"\n", id);
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

std::string poll_text(const PollReport& report) {
  constexpr std::size_t shown = 20;
  std::string out;
  for (const auto& asked : report.asked) out += asked_line(asked);
  if (report.entries.empty())
    out += report.new_editions == 0
               ? "Nothing changed.\n"
               : counted(report.new_editions, "new edition", "new editions") + ", no entries.\n";
  else
    out += fmt::format("{}, {}\n{}", counted(report.new_editions, "new edition", "new editions"),
                       count_entries(report.entries), entry_lines(report.entries, shown));
  if (report.entries.size() > shown) out += "All of them: agreementctl changes\n";
  // Failures are told where errors are.
  for (const auto& notice : report.notices)
    if (std::ranges::find(report.failures, notice.text) == report.failures.end())
      out += fmt::format(
          "{}: {}: {}\n",
          std::ranges::find(report.opened, notice) == report.opened.end() ? "still" : "notice",
          printable(notice.kind), printable(notice.text));
  if (report.again_after) out += fmt::format("Poll again in {} s.\n", report.again_after->count());
  return out + quarantine_text(report.quarantined);
}

std::string refusal_text(const ImportReport& report, int limit) {
  std::vector<NewEntry> retractions;
  std::ranges::copy_if(report.entries, std::back_inserter(retractions), [](const NewEntry& entry) {
    return entry.change.kind == ChangeKind::retracted;
  });
  return fmt::format(
      "{} of the change log would be retracted, more than {}: nothing was stored.\n{}"
      "If the lists are right, run the same import with --yes.\n",
      counted(retractions.size(), "entry", "entries"), limit,
      entry_lines(retractions, retractions.size()));
}

namespace {

std::string entries_by_agreement(std::vector<NewEntry> entries) {
  std::ranges::stable_sort(entries, {}, [](const NewEntry& entry) {
    const auto& change = entry.change;
    return std::tuple(change.list, change.state, change.agency, change.model, change.effective_date,
                      !change.retracts_seq.has_value());
  });
  std::string out;
  for (const auto& [cause, change] : entries)
    out += fmt::format("  {} {}\n", change.retracts_seq ? "-" : "+", change_line(change));
  return out;
}

std::string edition_statuses(const RebuildReport& report) {
  std::string out;
  for (const auto& edition : report.difference.editions) {
    const auto before = std::ranges::find(report.before, edition.id, &Edition::id);
    const bool known = before != report.before.end();
    if (known && before->status == edition.status && before->reason == edition.reason) continue;
    out += fmt::format("  {}: {} -> {}{}\n", edition_name(edition),
                       known ? to_string(before->status) : "unknown", to_string(edition.status),
                       edition.reason.empty() ? "" : ", " + printable(edition.reason));
  }
  return out;
}

}  // namespace

std::string rebuild_text(const RebuildReport& report) {
  const auto& difference = report.difference;
  if (difference.empty()) return "";
  std::string out = count_entries(difference.entries) + "\n";
  out += entries_by_agreement(difference.entries);
  if (const auto statuses = edition_statuses(report); !statuses.empty())
    out += "editions\n" + statuses;
  out += fmt::format("{}, {} no longer believed\n",
                     counted(difference.versions.size(), "new version", "new versions"),
                     difference.closed_versions.size());
  if (!difference.reviews.empty() || !difference.closed_reviews.empty())
    out += fmt::format("{} opened, {} closed\n",
                       counted(difference.reviews.size(), "review", "reviews"),
                       difference.closed_reviews.size());
  return out;
}

}  // namespace agreementd::daemon
