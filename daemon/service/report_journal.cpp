#include "daemon/service/report_journal.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "daemon/report_text.h"

namespace agreementd::daemon {
namespace {

/// Changes told one by one; of more the number is enough.
constexpr std::size_t most_lines = 50;

std::string text_of(List list) { return std::string(to_string(list)); }

void write_asked(Journal& journal, const Asked& asked, const Field& run) {
  journal.write(Level::debug, fmt::format("{}: {}", to_string(asked.outcome), asked.url),
                {run,
                 {"URL", asked.url},
                 {"OUTCOME", std::string(to_string(asked.outcome))},
                 {"LIST", asked.list ? text_of(*asked.list) : ""}});
}

void write_quarantined(Journal& journal, const Edition& edition, const Field& run) {
  journal.write(Level::warning,
                fmt::format("quarantined: {}: {}: agreementctl approve {} or reject it",
                            edition_name(edition), edition.reason, short_id(edition.id)),
                {run, {"LIST", text_of(edition.list)}, {"EDITION", to_hex(edition.id)}});
}

void write_changes(Journal& journal, const std::vector<NewEntry>& entries, const Field& run) {
  if (entries.empty()) return;
  journal.write(Level::info, "recorded " + count_entries(entries), {run});
  for (std::size_t i = 0; i < std::min(entries.size(), most_lines); ++i) {
    const auto& change = entries[i].change;
    journal.write(Level::info, change_line(change),
                  {run,
                   {"LIST", text_of(change.list)},
                   {"EDITION", to_hex(change.edition_id)},
                   {"AGREEMENT", change.agreement_id}});
  }
}

}  // namespace

void write_report(Journal& journal, const PollReport& report, std::int64_t run) {
  const Field run_id{"RUN_ID", std::to_string(run)};
  for (const auto& asked : report.asked) write_asked(journal, asked, run_id);
  for (const auto& notice : report.opened)
    journal.write(Level::warning, notice.text,
                  {run_id, {"NOTICE", notice.kind}, {"SUBJECT", notice.subject}});
  for (const auto& edition : report.quarantined) write_quarantined(journal, edition, run_id);
  write_changes(journal, report.entries, run_id);
}

}  // namespace agreementd::daemon
