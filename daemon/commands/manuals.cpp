#include "daemon/commands/manuals.h"

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/commands/command_help.h"
#include "daemon/commands/command_line.h"
#include "daemon/configuration/configuration.h"
#include "daemon/roff.h"

namespace agreementd::daemon {
namespace {

/// As it is laid out.
std::string verbatim(std::string_view text) { return ".nf\n" + roff(text) + "\n.fi\n"; }

std::string heading(std::string_view name, int section, std::string_view purpose) {
  return fmt::format(".TH {} {} \"\" \"agreementd " AGREEMENTD_VERSION
                     "\" \"\"\n.SH NAME\n{} \\- {}\n",
                     name, section, name, purpose);
}

std::string help_text(const std::vector<std::string>& arguments) {
  return parse_command_line(arguments).text;
}

std::set<std::string> options_in(const std::string& help) {
  constexpr auto letters = "abcdefghijklmnopqrstuvwxyz-";
  std::set<std::string> options;
  for (auto at = help.find("--"); at != std::string::npos; at = help.find("--", at + 2)) {
    const auto end = std::min(help.find_first_not_of(letters, at), help.size());
    if (end > at + 2) options.insert(help.substr(at, end - at));
  }
  return options;
}

}  // namespace

std::string agreementctl_manual() {
  auto page =
      heading("agreementctl", 1, "ask and feed the history of ICE's 287(g) agreement lists") +
      ".SH SYNOPSIS\n.B agreementctl\n[\\-\\-config FILE] [\\-\\-database URI] COMMAND\n"
      ".SH DESCRIPTION\n" +
      verbatim(help_description);
  std::string_view group;
  for (const auto& command : all_commands()) {
    if (command.group != group) page += fmt::format(".SH \"{}\"\n", command.group);
    group = command.group;
    page += fmt::format(".SS {}\n", command.name) +
            verbatim(help_text({std::string(command.name), "--help"}));
  }
  return page + ".SH \"IN GENERAL\"\n" + verbatim(help_footer) +
         ".SH FILES\n/etc/agreementd/agreementd.toml\n"
         ".SH \"SEE ALSO\"\n.BR agreementd (8),\n.BR agreementd.toml (5)\n";
}

std::string agreementd_toml_manual() {
  return heading("agreementd.toml", 5, "configuration of agreementd and agreementctl") +
         R"(.SH DESCRIPTION
/etc/agreementd/agreementd.toml is a TOML file.
Unknown keys, wrong types and values out of range are errors;
.B agreementctl check\-config
prints all of them.
What is not in the file has its default.
A duration is a number and a unit (s, m, h, d), a size a number and B, KiB, MiB or GiB, both as text
in quotes.
.PP
The service reads the file again on
.BR "systemctl reload agreementd" .
A bad one is refused and the old one stays; another database or spool counts after a restart.
)" + configuration_manual() +
         ".SH \"SEE ALSO\"\n.BR agreementd (8),\n.BR agreementctl (1)\n";
}

std::string bash_completion() {
  std::vector<std::string_view> names;
  std::string cases;
  for (const auto& command : all_commands()) {
    names.push_back(command.name);
    cases +=
        fmt::format("    {}) words='{}' ;;\n", command.name,
                    fmt::join(options_in(help_text({std::string(command.name), "--help"})), " "));
  }
  return fmt::format(R"(# bash completion of agreementctl
_agreementctl() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} command= word words
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case " {0} " in *" $word "*) command=$word; break ;; esac
  done
  case $command in
    '') words='{0} --config --database --help --version' ;;
{1}  esac
  if [[ -n $command && $current != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}}
complete -o filenames -F _agreementctl agreementctl
)",
                     fmt::join(names, " "), cases);
}

}  // namespace agreementd::daemon
