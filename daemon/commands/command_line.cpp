#include "daemon/commands/command_line.h"

#include <functional>
#include <memory>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands/command_help.h"
#include "daemon/configuration/option_values.h"
#include "daemon/terminal_text.h"

// The one file that includes CLI11: it takes seconds to compile.
namespace agreementd::daemon {
namespace {

/// CLI11's help without its notes on how often an option may come.
class HelpText final : public CLI::Formatter {
 public:
  HelpText() {
    column_width(30);
    label("SUBCOMMAND", "COMMAND");
    label("Positionals", "Arguments");
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_size() == 0 ? "" : " " + option->get_type_name();
  }
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    return is_positional ? option->get_name(true, false) : option->get_name(false, true);
  }
  std::string make_option_desc(const CLI::Option* option) const override {
    constexpr std::size_t screen = 80;
    return wrapped(option->get_description(), screen - get_column_width(), 0);
  }
  std::string make_description(const CLI::App* app) const override {
    return app->get_description() + "\n\n";
  }
};

/// Puts the value where it belongs; answers what is wrong with it, nothing where it is right.
using Setter = std::function<std::string(const std::string&)>;

CLI::Option* add(CLI::App& app, const std::string& name, const std::string& type,
                 const std::string& text, Setter set) {
  auto* option = app.add_option_function<std::string>(
      name,
      [name, set = std::move(set)](const std::string& value) {
        if (const auto wrong = set(value); !wrong.empty())
          throw CLI::ValidationError(name.substr(0, name.find(',')), wrong);
      },
      text);
  if (name.starts_with('-'))
    option->type_name(type);
  else
    option->type_name("");
  return option;
}

Setter any_text(std::string& target) {
  return [&target](const std::string& value) {
    target = value;
    if (!is_utf8(value)) return "must be UTF-8";
    return value.find_first_not_of(" \t\r\n") == std::string::npos ? "must not be empty" : "";
  };
}

template <typename Target, typename Parse>
Setter parsed(Target& target, Parse parse, std::string expected) {
  return [&target, parse = std::move(parse),
          expected = std::move(expected)](const std::string& value) -> std::string {
    if (const auto result = parse(value)) {
      target =
          *result;  // NOLINT(bugprone-optional-value-conversion): Target may be optional or not
      return "";
    }
    return fmt::format("\"{}\" is {}", value, expected);
  };
}

Setter date(std::optional<Date>& target) {
  return parsed(target, parse_date, "no date: write YYYY-MM-DD, as in 2025-06-01");
}

Setter time(std::optional<Instant>& target) {
  return parsed(target, parse_instant, "no time: write it as in 2025-06-02T12:00:00Z");
}

Setter state(std::string& target) {
  return parsed(target, parse_state, "no state or territory: write it as TX or Texas");
}

Setter word(std::string& target, std::vector<std::string_view> known) {
  return parsed(
      target, [known](const std::string& value) { return parse_word(value, known); },
      fmt::format("none of {}", fmt::join(known, ", ")));
}

Setter model(std::string& target) { return word(target, {"JEM", "WSO", "TFM", "TTFM"}); }

/// The program's options, and one function per group of commands that adds theirs.
class Parser {
 public:
  Parser() {
    app_.name("agreementctl");
    app_.description(std::string(help_description));
    app_.footer(std::string(help_footer));
    app_.formatter(std::make_shared<HelpText>());
    app_.set_help_flag("-h,--help", "Show this help and exit");
    app_.set_version_flag("--version", "agreementctl " AGREEMENTD_VERSION,
                          "Show the version and exit");
    app_.require_subcommand(1);
    add(app_, "--config", "FILE", "Configuration file instead of /etc/agreementd/agreementd.toml",
        any_text(options_.configuration_file));
    add(app_, "--database", "URI",
        "Database, as postgresql:///agreementd (else AGREEMENTD_DATABASE, else the configuration)",
        any_text(options_.database));
    add_questions();
    add_lists();
    add_operations();
  }

  CommandLine parse(const std::vector<std::string>& arguments) {
    try {
      app_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
      return {std::nullopt, ExitStatus::done, app_.help()};
    } catch (const CLI::CallForVersion& version) {
      return {std::nullopt, ExitStatus::done, std::string(version.what()) + "\n"};
    } catch (const CLI::ParseError& error) {
      return {std::nullopt, ExitStatus::usage, usage_error(error)};
    }
    // Retractions are never among what stands: asking for them is asking for all.
    if (options_.changes.kind == to_string(ChangeKind::retracted)) options_.changes.all = true;
    return {options_, ExitStatus::done, ""};
  }

 private:
  CLI::App& command(Command command, const std::string& name) {
    const CommandHelp& help = help_of(name);
    auto* sub = app_.add_subcommand(name, std::string(help.text));
    sub->group(std::string(help.group));
    sub->footer(fmt::format("Example:\n  {}\n", help.example));
    sub->fallthrough();
    sub->callback([this, command] { options_.command = command; });
    return *sub;
  }

  CLI::App& table_command(
      Command which, const std::string& name,
      const std::string& formats = "The table shows the columns a person needs, the others all") {
    auto& sub = command(which, name);
    add(sub, "--format", "table|csv|jsonl",
        "How to print; table on a terminal, else csv. " + formats,
        parsed(options_.format, parse_format, "none of table, csv, jsonl"));
    return sub;
  }

  void add_agreement_filter(CLI::App& sub) {
    auto& filter = options_.agreements;
    add(sub, "--list", "participating|pending", "Which list; participating unless given",
        parsed(filter.list, parse_list_name, "none of participating, pending"));
    add(sub, "--state", "ST", "Only this state: TX or Texas", state(filter.state));
    add(sub, "--model", "MODEL", "Only this model: JEM, WSO, TFM or TTFM", model(filter.model));
    add(sub, "--agency", "TEXT", "Only agencies with this in the name", any_text(filter.agency));
    add(sub, "--county", "TEXT", "Only counties with this in the name", any_text(filter.county));
  }

  void add_questions() {
    add_agreement_filter(table_command(Command::current, "current"));
    auto& as_of = table_command(Command::as_of, "as-of");
    add(as_of, "DATE", "", "The day, YYYY-MM-DD: what was listed at its end in New York",
        date(options_.day))
        ->required();
    add(as_of, "--known-at", "TIME", "As it was known at this time, as 2025-06-02T12:00:00Z",
        time(options_.known_at));
    add_agreement_filter(as_of);
    add_change_options(table_command(Command::changes, "changes"));
    auto& find = table_command(Command::find, "find");
    add(find, "TEXT", "", "Part of a name, in any spelling that was ever listed",
        any_text(options_.text))
        ->required();
    auto& show = table_command(Command::show, "show",
                               "Only the table is the story; the others are its entries of the "
                               "change log, retracted ones and their retractions too");
    add(show, "ID", "", "An agreement's id (A…) or an agency's (G…)",
        parsed(options_.text, parse_id,
               "no id: ids have A or G and 8 characters, as find and changes print them"))
        ->required();
    table_command(Command::stats, "stats");
    auto& export_all = command(Command::export_all, "export");
    add(export_all, "DIR", "", "The folder to write to; files of an earlier export are replaced",
        any_text(options_.folder))
        ->required();
    export_all.add_flag("--recorded", options_.recorded,
                        "With our own clock, and entries that were retracted");
  }

  void add_change_options(CLI::App& sub) {
    auto& filter = options_.changes;
    sub.add_flag("--all", filter.all, "Retracted entries and retractions too");
    add(sub, "--since", "DATE", "Listed on this day or later", date(filter.since));
    add(sub, "--until", "DATE", "Listed on this day or earlier", date(filter.until));
    add(sub, "--recorded-since", "TIME", "Recorded by us at this time or later",
        time(filter.recorded_since));
    add(sub, "--after", "SEQ", "Recorded after this entry",
        parsed(filter.after_seq, parse_count, "no entry: write its number, as in 120"));
    add(sub, "--kind", "KIND", "new, terminated, changed, reinstated or retracted (implies --all)",
        word(filter.kind, {"new", "terminated", "changed", "reinstated", "retracted"}));
    add(sub, "--state", "ST", "Only this state: TX or Texas", state(filter.state));
    add(sub, "--model", "MODEL", "Only this model: JEM, WSO, TFM or TTFM", model(filter.model));
    add(sub, "--list", "participating|pending", "Only this list; both unless given",
        parsed(filter.list, parse_list_name, "none of participating, pending"));
    add(sub, "--significance", "WORD", "substantive or clerical",
        word(filter.significance, {"substantive", "clerical"}));
    add(sub, "--cause", "WORD", "edition, archive, decision, verdict or rebuild",
        word(filter.cause, {"edition", "archive", "decision", "verdict", "rebuild"}));
  }

  void add_lists() {
    add(command(Command::poll, "poll"), "--page", "URL",
        "The page that links the lists, or a list itself; source.page of the configuration unless "
        "given",
        any_text(options_.page));
    auto& import = command(Command::import, "import");
    import
        .add_option("PATH", options_.paths, "Files, or folders with all below them, in any order")
        ->required()
        ->type_name("");
    import.add_flag("--yes", options_.yes,
                    "Store even if more than 20 entries of the change log would be retracted");
    import.add_flag("--strict", options_.strict, "Exit with 4 where an edition was quarantined");
    auto& editions = table_command(Command::editions, "editions");
    add(editions, "--status", "STATUS", "accepted, quarantined or rejected",
        word(options_.status, {"accepted", "quarantined", "rejected"}));
    add_verdict(Command::approve, "approve");
    add_verdict(Command::reject, "reject");
    add_verdict(Command::redate, "redate");
    table_command(Command::review, "review")
        .add_flag("--decided", options_.decided, "What people decided, by whom and why");
    add_decide();
    auto& document = command(Command::document, "document");
    add(document, "SHA", "", "Its SHA-256, or 8 or more of the first digits",
        parsed(options_.text, parse_hex, "no SHA-256: write 8 to 64 hex digits"))
        ->required();
    add(document, "-o,--output", "FILE", "Where to write it; - is standard output",
        any_text(options_.output_file))
        ->required();
    document.add_flag("--force", options_.force, "Replace the file where it exists");
  }

  void add_verdict(Command which, const std::string& name) {
    auto& sub = command(which, name);
    add(sub, "EDITION", "", "8 or more digits of its id (see editions), or its file name",
        any_text(options_.edition))
        ->required();
    if (which == Command::redate)
      add(sub, "DATE", "", "YYYY-MM-DD (then 13:00) or YYYY-MM-DDTHH:MM, New York",
          parsed(options_.redated_to, parse_listed_at,
                 "no date: write YYYY-MM-DD or YYYY-MM-DDTHH:MM, as in 2025-06-12T17:00"))
          ->required();
    auto* why =
        add(sub, "--why", "TEXT", "The reason, kept with the verdict", any_text(options_.why));
    if (which != Command::approve) why->required();
    add(sub, "--by", "NAME", "Who says so; your login unless given", any_text(options_.by));
  }

  void add_decide() {
    auto& sub = command(Command::decide, "decide");
    auto& decision = options_.decision;
    add(sub, "ID", "", "An agreement or application (A…), as review prints them",
        parsed(decision.one, parse_agreement_id, "no agreement's id: it has A and 8 characters"))
        ->required();
    add(sub, "RELATION", "", "same-as or distinct-from",
        parsed(
            decision.kind, [](const std::string& word) { return parse_decision_kind(word); },
            "neither same-as nor distinct-from"))
        ->required();
    add(sub, "OTHER", "",
        "Another id; or, where the rules took two for one, the number (seq) of the changed or "
        "reinstated entry of ID that did",
        [&decision](const std::string& text) -> std::string {
          decision.entry = parse_count(text);
          decision.other = parse_agreement_id(text).value_or("");
          return decision.entry || !decision.other.empty()
                     ? ""
                     : fmt::format("\"{}\" is neither an agreement's id nor an entry's number",
                                   text);
        })
        ->required();
    add(sub, "--why", "TEXT", "The reason, kept with the decision and shown in the change log",
        any_text(options_.why))
        ->required();
    add(sub, "--by", "NAME", "Who says so; your login unless given", any_text(options_.by));
    // CLI11 calls the setters in the order of the command line, not of the arguments.
    sub.callback([this] {
      options_.command = Command::decide;
      if (options_.decision.entry && options_.decision.kind == DecisionKind::same_as)
        throw CLI::ValidationError("OTHER", "an entry's number goes with distinct-from only");
    });
  }

  void add_operations() {
    table_command(Command::status, "status");
    auto& rebuild = command(Command::rebuild, "rebuild");
    rebuild.add_flag("--dry-run", options_.dry_run, "Print what would change, and change nothing");
    rebuild.add_flag("--yes", options_.yes,
                     "Store even if more than 20 entries of the change log would be retracted");
    auto& verify = command(Command::verify, "verify");
    auto* head = verify.add_flag("--head", options_.head,
                                 "Print number and hash of the last entry, to be kept elsewhere");
    add(verify, "--from", "SEQ,HASH",
        "The log must still hold this entry, as --head printed it: only so a log cut short at its "
        "end is found out",
        parsed(options_.from, parse_log_point, "no entry and its hash, as verify --head prints"))
        ->excludes(head);
    command(Command::setup, "setup");
    command(Command::migrate, "migrate");
    command(Command::check_config, "check-config");
    add_alerts();
  }

  void add_alerts() {
    add(table_command(Command::deliveries, "deliveries"), "--sink", "NAME",
        "Only to this one: the name of an [[alert]]", any_text(options_.sink));
    auto& replay = command(Command::replay, "replay");
    add(replay, "--sink", "NAME", "To whom: the name of an [[alert]]", any_text(options_.sink))
        ->required();
    const auto* no_entry = "no entry: write its number, as in 120";
    auto* from = add(replay, "--from", "SEQ",
                     "The first entry to send again; without it nothing is, but a sink that was "
                     "given up or waits is sent what comes next",
                     parsed(options_.replay_from, parse_count, no_entry));
    add(replay, "--to", "SEQ", "The last entry", parsed(options_.replay_to, parse_count, no_entry))
        ->needs(from);
    from->needs("--to");
    add(replay, "--by", "NAME", "Who wants it; your login unless given", any_text(options_.by));
    auto& alert = command(Command::alert, "alert");
    static const std::vector<std::string_view> actions{"test"};
    add(alert, "ACTION", "", "test: send a sample that says it is one",
        [](const std::string& value) {
          return parse_word(value, actions) ? "" : fmt::format("\"{}\" is not test", value);
        })
        ->required();
    add(alert, "NAME", "", "The name of an [[alert]] in the configuration", any_text(options_.sink))
        ->required();
  }

  /// One line: what is wrong and where to read more.
  std::string usage_error(const CLI::ParseError& error) const {
    const auto used = app_.get_subcommands();
    const std::string name = used.empty() ? "" : used.front()->get_name();
    const auto help = fmt::format("see agreementctl {}{}--help", name, used.empty() ? "" : " ");
    return fmt::format("{}{}{}: {}", name, used.empty() ? "" : ": ", what(error, name), help);
  }

  /// CLI11 asks for what is missing before it says what it did not know, which is more often the
  /// cause.
  std::string what(const CLI::ParseError& error, const std::string& command) const {
    const bool missing = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) ||
                         error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
    const auto unknown = app_.remaining(true);
    if (!missing || (unknown.empty() && !command.empty())) return error.what();
    if (unknown.empty()) return "no command given";
    const bool option = unknown.front().starts_with('-');
    const auto* kind = option ? "option" : command.empty() ? "command" : "argument";
    return fmt::format("unknown {} {}", kind, unknown.front());
  }

  CLI::App app_;
  Options options_;
};

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments) {
  return Parser().parse(arguments);
}

}  // namespace agreementd::daemon
