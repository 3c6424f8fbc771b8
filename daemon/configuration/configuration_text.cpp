#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "daemon/configuration/configuration_keys.h"
#include "daemon/roff.h"
#include "daemon/terminal_text.h"

/// The configuration written down: as it is, as the shipped file, as a manual page.
namespace agreementd::daemon {
namespace {

std::string in_quotes(const std::string& text) {
  std::ostringstream out;
  out << toml::value<std::string>(text);
  return out.str();
}

/// A value as TOML. Printing changes nothing of the configuration.
struct Print {
  Configuration& configuration;

  std::string operator()(Place<std::string> place) const { return in_quotes(place(configuration)); }
  std::string operator()(Place<std::vector<std::string>> place) const {
    std::vector<std::string> each;
    for (const auto& text : place(configuration)) each.push_back(in_quotes(text));
    return fmt::format("[{}]", fmt::join(each, ", "));
  }
  std::string operator()(Place<int> place) const { return std::to_string(place(configuration)); }
  std::string operator()(Place<double> place) const {
    return fmt::format("{}", place(configuration));
  }
  std::string operator()(Place<bool> place) const {
    return place(configuration) ? "true" : "false";
  }
  std::string operator()(Place<std::chrono::seconds> place) const {
    return in_quotes(duration_text(place(configuration)));
  }
  std::string operator()(Place<std::uint64_t> place) const {
    return in_quotes(size_text(place(configuration)));
  }
};

std::string value_text(const Key& key, Configuration& configuration) {
  return std::visit(Print{configuration}, key.target);
}

/// What may be written there, for the manual.
struct TypeName {
  std::string operator()(Place<std::string>) const { return "text"; }
  std::string operator()(Place<std::vector<std::string>>) const { return "texts in brackets"; }
  std::string operator()(Place<int>) const { return "whole number"; }
  std::string operator()(Place<double>) const { return "share from 0 to 1"; }
  std::string operator()(Place<bool>) const { return "true or false"; }
  std::string operator()(Place<std::chrono::seconds>) const { return "duration"; }
  std::string operator()(Place<std::uint64_t>) const { return "size"; }
};

/// Each line of the text behind `# `.
std::string comment(std::string_view text) {
  constexpr std::size_t width = 78;
  std::string out = "# ";
  for (const char c : wrapped(std::string(text), width, 0)) {
    out += c;
    if (c == '\n') out += "# ";
  }
  return out + "\n";
}

/// Of which the keys of all tables have a default.
Configuration with_defaults() {
  Configuration defaults;
  defaults.alerts.emplace_back();
  return defaults;
}

}  // namespace

std::string to_toml(const Configuration& configuration) {
  auto copy = configuration;
  std::string out;
  std::string_view table;
  for (const Key& key : configuration_keys()) {
    if (key.table == alert_table) continue;
    if (key.table != table) out += fmt::format("\n{}\n", table_head(key.table));
    table = key.table;
    out += fmt::format("{} = {}\n", key.name, value_text(key, copy));
  }
  for (const auto& alert : configuration.alerts) {
    copy.alerts = {alert};
    out += fmt::format("\n{}\n", table_head(alert_table));
    for (const Key& key : configuration_keys())
      if (key.table == alert_table)
        out += fmt::format("{} = {}\n", key.name, value_text(key, copy));
  }
  return out;
}

std::string sample_configuration() {
  auto defaults = with_defaults();
  auto out = comment(
      "agreementd's configuration (TOML): see agreementd.toml(5). What is commented out is the "
      "default. After a change: agreementctl check-config, then systemctl reload agreementd.");
  std::string_view table;
  for (const Key& key : configuration_keys()) {
    if (key.table != table)
      // There is no alert where nobody writes one.
      out += fmt::format("\n\n{}{}{}\n", comment(about_table(key.table)),
                         key.table == alert_table ? "#" : "", table_head(key.table));
    table = key.table;
    out += fmt::format("\n{}#{} = {}\n", comment(key.explanation), key.name,
                       value_text(key, defaults));
  }
  return out;
}

std::string configuration_manual() {
  auto defaults = with_defaults();
  std::string out = ".SH KEYS\n";
  std::string_view table;
  for (const Key& key : configuration_keys()) {
    if (key.table != table)
      out += fmt::format(".SS {}\n{}\n", table_head(key.table), roff(about_table(key.table)));
    table = key.table;
    out += fmt::format(
        ".TP\n.BR {} \" (\" \"{}, default {}\" )\n{}\n", key.name,
        std::visit(TypeName{}, key.target),
        [&] {
          std::string value;
          for (const char c : value_text(key, defaults))
            value += c == '"' ? "\\(dq" : c == '-' ? "\\-" : std::string(1, c);
          return value;
        }(),
        roff(key.explanation));
  }
  return out;
}

}  // namespace agreementd::daemon
