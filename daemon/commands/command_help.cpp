#include "daemon/commands/command_help.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace agreementd::daemon {
namespace {

constexpr std::string_view questions = "Ask";
constexpr std::string_view lists = "Feed and judge";
constexpr std::string_view operations = "Run it";

constexpr std::array commands{
    CommandHelp{"current", questions, "What is listed now", "agreementctl current --state TX"},
    CommandHelp{"as-of", questions, "What was listed on a day, and what was believed of it when",
                "agreementctl as-of 2025-06-01 --known-at 2025-06-02T12:00:00Z"},
    CommandHelp{"changes", questions, "The change log: what began, ended and was altered",
                "agreementctl changes --since 2025-06-01 --kind terminated"},
    CommandHelp{"find", questions, "Agencies by any spelling, with what they have and had",
                "agreementctl find \"harris county\""},
    CommandHelp{"show", questions, "The whole story of one agreement or agency, with the evidence",
                "agreementctl show A7Q2KX4MB"},
    CommandHelp{"stats", questions, "Counts by model, state and month", "agreementctl stats"},
    CommandHelp{"document", questions, "The bytes of a document as it was served",
                "agreementctl document 1f0c93ab -o list.xlsx"},
    CommandHelp{"export", questions, "All that is believed, as CSV with a data dictionary",
                "agreementctl export ~/287g"},
    CommandHelp{"poll", lists, "Fetch ICE's lists now and record what changed",
                "agreementctl poll --page https://www.ice.gov/identify-and-arrest/287g"},
    CommandHelp{"import", lists, "Take in archived lists; again changes nothing",
                "agreementctl import ~/archive/lists"},
    CommandHelp{"editions", lists, "The editions of both lists and what was made of them",
                "agreementctl editions --status quarantined"},
    CommandHelp{"approve", lists, "Believe an edition that was quarantined or rejected",
                "agreementctl approve 8f3a9c21"},
    CommandHelp{"reject", lists, "Do not believe an edition",
                "agreementctl reject 8f3a9c21 --why \"an old list, published by mistake\""},
    CommandHelp{"redate", lists, "Give an edition its date (New York)",
                "agreementctl redate 8f3a9c21 2025-06-12T17:00 --why \"as the archive says\""},
    CommandHelp{"review", lists, "Who is who: what the rules leave open, with the candidates",
                "agreementctl review"},
    CommandHelp{
        "decide", lists, "Settle who is who, for ever; a later decision undoes it",
        "agreementctl decide A7Q2KX4MB same-as AM3XCA2TD --why \"the sheriff's clerk says\""},
    CommandHelp{"status", operations, "What the database holds and what needs a person",
                "agreementctl status"},
    CommandHelp{"rebuild", operations, "Fold all again, as this version of the program reads it",
                "agreementctl rebuild --dry-run"},
    CommandHelp{"verify", operations,
                "Prove that the log is whole and that history is what the documents say",
                "agreementctl verify --from 1200,5feceb66ffc86f38d952786c6d696c79…"},
    CommandHelp{"setup", operations,
                "Create database, roles and tables (as a superuser of the server)",
                "sudo -u postgres agreementctl --database postgresql:///agreementd setup"},
    CommandHelp{"migrate", operations, "Bring the tables up to this version of the program",
                "agreementctl migrate"},
    CommandHelp{"check-config", operations, "Read the configuration and say what is wrong with it",
                "agreementctl --config ./agreementd.toml check-config"},
    CommandHelp{"deliveries", operations, "What was sent to whom, and what became of it",
                "agreementctl deliveries --sink desk"},
    CommandHelp{"replay", operations,
                "Send entries to a sink again, or go on with one that was given up",
                "agreementctl replay --sink desk --from 120 --to 130"},
    CommandHelp{"alert", operations, "Try an [[alert]]: send it a sample, print what it answers",
                "sudo agreementctl alert test desk"},
};

}  // namespace

std::span<const CommandHelp> all_commands() { return commands; }

const CommandHelp& help_of(std::string_view name) {
  const auto found = std::ranges::find(commands, name, &CommandHelp::name);
  if (found == commands.end()) throw std::logic_error("a command without a help text");
  return *found;
}

const std::string_view help_description =
    "agreementctl asks and feeds the history of ICE's 287(g) agreement lists: who has an "
    "agreement,\n"
    "since when, what changed, and how we know.";

const std::string_view help_footer =
    R"(Examples:
  agreementctl poll                                 fetch ICE's lists and record what changed
  agreementctl import ~/archive/lists               take in lists you have collected
  agreementctl changes --since 2025-06-01           what changed since then
  agreementctl current --state FL --format csv > florida.csv
  agreementctl find "harris county"                 then: agreementctl show ID
  agreementctl COMMAND --help                       the options of one command

The database is named by --database, by AGREEMENTD_DATABASE or in the configuration file. Passwords
belong into ~/.pgpass or a service file.

In CSV an apostrophe stands before text that a spreadsheet would run as a formula; jsonl has the
exact text.

Exit status: 0 done, 1 failed, 2 wrong usage, 3 source unavailable, 4 something was quarantined
(poll, import --strict), 5 database unreachable.
)";

}  // namespace agreementd::daemon
