#include <set>

#include <fmt/format.h>

#include "daemon/commands/commands.h"
#include "daemon/commands/login.h"
#include "daemon/deciding.h"
#include "daemon/report_text.h"
#include "daemon/terminal_text.h"
#include "storage/queries.h"

namespace agreementd::daemon {
namespace {

std::string or_unknown(const std::string& text) { return text.empty() ? "?" : printable(text); }

/// The question, and the two editions to look at.
std::string question_text(const storage::Table& table, std::size_t row) {
  return fmt::format("{}  {} list of {}: {}?\n    compare {} with {}, the one before\n",
                     cell(table, row, "review"), cell(table, row, "list"), cell(table, row, "date"),
                     printable(cell(table, row, "question")),
                     or_unknown(cell(table, row, "edition_file")),
                     or_unknown(cell(table, row, "edition_before")));
}

std::string candidate_text(const storage::Table& table, std::size_t row) {
  const auto of = [&](const char* column) { return printable(cell(table, row, column)); };
  const auto signed_on = of("signed");
  const auto moa = of("moa_url");
  return fmt::format("    {}  {}  {}  {}  {}, listed {} to {}, MOA {}\n", of("agreement_id"),
                     of("state"), of("agency"), of("model"),
                     signed_on.empty() ? "no date" : "signed " + signed_on, of("first_listed"),
                     of("last_listed"), moa.empty() ? of("moa_status") : moa);
}

std::string reviews_text(const storage::Table& table) {
  if (table.rows.empty()) return "Nothing is open.\n";
  std::string out;
  std::set<std::string> shown;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (shown.insert(cell(table, row, "review")).second)
      out += (out.empty() ? "" : "\n") + question_text(table, row);
    out += candidate_text(table, row);
  }
  return out + fmt::format(
                   "\n{} open. Until they are settled their entries are told as unconfirmed.\n"
                   "The whole story of a candidate: agreementctl show ID\n"
                   "To settle one: agreementctl decide ID same-as ID --why TEXT (or "
                   "distinct-from)\n",
                   shown.size());
}

/// What is so now: a decision can only say of two prints what no other decision contradicts.
std::string outcome_text(const DecisionReport& report) {
  if (report.one.empty() || report.other.empty()) return "";
  if (report.one == report.other)
    return fmt::format("They are one agreement now: {}\n", report.one);
  return fmt::format("They are two agreements now: {} and {}\n", report.one, report.other);
}

}  // namespace

ExitStatus run_decide(const Session& session) {
  const auto configuration = session.configuration();
  auto store = session.connect(configuration);
  store.require_schema();
  auto request = session.options.decision;
  request.by = session.options.by.empty() ? login_name() : session.options.by;
  request.why = session.options.why;
  const auto report = decide(store, request, session.clock, configuration.plausibility);
  session.console.print(fmt::format(
      "Decision {}: {} {} {}\n{}Recorded {}\n{}{} open question{}.\n", report.decision.decision_id,
      request.one, to_string(request.kind),
      request.entry ? fmt::format("entry {}", *request.entry) : request.other, outcome_text(report),
      count_entries(report.entries), entry_lines(report.entries, 20), report.open_reviews,
      report.open_reviews == 1 ? "" : "s"));
  if (report.side_by_side && report.decision.kind == DecisionKind::same_as)
    session.console.print(fmt::format(
        "The newest edition prints both: they count as one agreement, printed twice. If that was "
        "not meant: agreementctl decide {} distinct-from {} --why TEXT\n",
        request.one, request.other));
  return ExitStatus::done;
}

ExitStatus run_review(const Session& session) {
  auto store = session.open();
  if (session.options.decided) {
    session.print_table(
        storage::decisions(store),
        {"decided_at", "decided_by", "agency", "decision", "other_agency", "other_state", "why"},
        "decision", "decisions");
    return ExitStatus::done;
  }
  const auto table = storage::reviews(store);
  if (session.format() == Format::table)
    session.console.print(reviews_text(table));
  else
    session.print_table(table);
  return ExitStatus::done;
}

}  // namespace agreementd::daemon
