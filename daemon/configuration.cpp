#include "daemon/configuration.h"

#include <algorithm>
#include <array>
#include <limits>
#include <sstream>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "daemon/database_uri.h"
#include "fetchers/fetcher.h"

namespace agreementd::daemon {
namespace {

using tracking::Plausibility;

/// Where a key's value goes: its type is the type the file must have.
using Target =
    std::variant<std::string Configuration::*, std::string Source::*,
                 std::vector<std::string> Source::*, int Plausibility::*, double Plausibility::*>;

struct Key {
  std::string_view table;  ///< empty: the top of the file
  std::string_view name;
  Target target;
};

/// All that may be in the file. Counts are 0 to 2147483647, shares 0 to 1.
constexpr std::array keys{
    Key{"", "database", &Configuration::database},
    Key{"source", "page", &Source::page},
    Key{"source", "contact", &Source::contact},
    Key{"source", "hosts", &Source::hosts},
    Key{"source", "ca_file", &Source::ca_file},
    Key{"plausibility", "removals", &Plausibility::removals},
    Key{"plausibility", "removal_share", &Plausibility::removal_share},
    Key{"plausibility", "pending_removals", &Plausibility::pending_removals},
    Key{"plausibility", "additions", &Plausibility::additions},
    Key{"plausibility", "addition_share", &Plausibility::addition_share},
    Key{"plausibility", "future_signings", &Plausibility::future_signings},
    Key{"plausibility", "reverted_removals", &Plausibility::reverted_removals},
    Key{"plausibility", "unreadable_share", &Plausibility::unreadable_share},
    Key{"plausibility", "unreadable_rows", &Plausibility::unreadable_rows},
    Key{"plausibility", "field_loss_share", &Plausibility::field_loss_share},
    Key{"plausibility", "field_loss_rows", &Plausibility::field_loss_rows},
};

/// Puts a value where it belongs; answers what is wrong with it, nothing where it is right.
struct Assign {
  const toml::node& node;
  Configuration& configuration;

  // What would be refused when it is used is refused here, and so not printed either.
  std::string operator()(std::string Configuration::*target) const {
    auto wrong = assign_text(configuration.*target);
    if (wrong.empty() && holds_password(configuration.*target)) {
      (configuration.*target).clear();
      wrong = "must not hold a password: put it into ~/.pgpass or a service file";
    }
    return wrong;
  }
  std::string operator()(std::string Source::*target) const {
    auto& text = configuration.source.*target;
    auto wrong = assign_text(text);
    if (wrong.empty() && target == &Source::page && !text.empty() &&
        !fetchers::resolve(text, text)) {
      text.clear();
      wrong =
          "must be an http or https address without a password, as in "
          "\"https://www.ice.gov/identify-and-arrest/287g\"";
    }
    return wrong;
  }
  std::string operator()(std::vector<std::string> Source::*target) const {
    constexpr auto wrong = "must be texts in brackets, as in [\"example.org\"]";
    const auto* array = node.as_array();
    if (array == nullptr) return wrong;
    for (const auto& each : *array) {
      const auto text = each.value_exact<std::string>();
      if (!text) return wrong;
      (configuration.source.*target).push_back(*text);
    }
    return "";
  }
  std::string operator()(int Plausibility::*target) const {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > std::numeric_limits<int>::max())
      return "must be a whole number, 0 or more";
    configuration.plausibility.*target = static_cast<int>(*value);
    return "";
  }
  std::string operator()(double Plausibility::*target) const {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!value || !(*value >= 0 && *value <= 1)) return "must be a share from 0 to 1, as in 0.02";
    configuration.plausibility.*target = *value;
    return "";
  }

 private:
  std::string assign_text(std::string& target) const {
    const auto value = node.value_exact<std::string>();
    if (!value) return "must be a text in quotes";
    target = *value;
    return "";
  }
};

class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  void read_table(const toml::table& table, std::string_view table_name) {
    for (const auto& [name, node] : table) {
      const bool is_table = table_name.empty() && known_table(name.str());
      if (is_table && node.is_table())
        read_table(*node.as_table(), name.str());
      else if (is_table)
        problem(node.source(),
                fmt::format("{} must be a table: write [{}]", name.str(), name.str()));
      else
        read_value(table_name, name, node);
    }
  }

  void problem(const toml::source_region& source, const std::string& text) {
    found_.push_back({source.begin, fmt::format("{}:{}:{}: {}", file_, source.begin.line,
                                                source.begin.column, text)});
  }

  ConfigurationReading finish() {
    std::ranges::stable_sort(
        found_, [](const Problem& a, const Problem& b) { return a.position < b.position; });
    ConfigurationReading reading;
    reading.configuration = configuration_;
    reading.configuration.file = file_;
    for (auto& found : found_) reading.problems.push_back(std::move(found.text));
    return reading;
  }

 private:
  struct Problem {
    toml::source_position position;
    std::string text;
  };

  static bool known_table(std::string_view name) {
    return std::ranges::any_of(keys, [&](const Key& key) { return key.table == name; }) &&
           !name.empty();
  }

  static std::string full_name(std::string_view table, std::string_view name) {
    return table.empty() ? std::string(name) : fmt::format("{}.{}", table, name);
  }

  void read_value(std::string_view table, const toml::key& name, const toml::node& node) {
    const auto key = std::ranges::find_if(keys, [&](const Key& candidate) {
      return candidate.table == table && candidate.name == name.str();
    });
    if (key == keys.end()) return unknown(table, name);
    const auto wrong = std::visit(Assign{node, configuration_}, key->target);
    if (!wrong.empty())
      problem(node.source(), fmt::format("{} {}", full_name(table, name.str()), wrong));
  }

  void unknown(std::string_view table, const toml::key& name) {
    std::vector<std::string_view> known;
    for (const Key& key : keys)
      if (key.table == table) known.push_back(key.name);
    problem(name.source(), fmt::format("unknown key {}: known {} {}", full_name(table, name.str()),
                                       table.empty() ? "here are [source], [plausibility] and"
                                                     : "in this table are",
                                       fmt::join(known, ", ")));
  }

  std::string file_;
  Configuration configuration_;
  std::vector<Problem> found_;
};

}  // namespace

ConfigurationReading read_configuration(std::string_view text, const std::string& file) {
  Reader reader(file);
  try {
    reader.read_table(toml::parse(text, file), "");
  } catch (const toml::parse_error& error) {
    reader.problem(error.source(), fmt::format("no TOML: {}", error.description()));
  }
  return reader.finish();
}

namespace {

std::string quoted(const std::string& text) {
  std::ostringstream out;
  out << toml::value<std::string>(text);
  return out.str();
}

/// A value as TOML.
struct Print {
  const Configuration& configuration;

  std::string operator()(std::string Configuration::*text) const {
    return quoted(configuration.*text);
  }
  std::string operator()(std::string Source::*text) const {
    return quoted(configuration.source.*text);
  }
  std::string operator()(std::vector<std::string> Source::*texts) const {
    std::vector<std::string> each;
    for (const auto& text : configuration.source.*texts) each.push_back(quoted(text));
    return fmt::format("[{}]", fmt::join(each, ", "));
  }
  std::string operator()(int Plausibility::*number) const {
    return std::to_string(configuration.plausibility.*number);
  }
  std::string operator()(double Plausibility::*share) const {
    return fmt::format("{}", configuration.plausibility.*share);
  }
};

}  // namespace

std::string to_toml(const Configuration& configuration) {
  std::string out;
  std::string_view table;
  for (const Key& key : keys) {
    if (key.table != table) out += fmt::format("\n[{}]\n", key.table);
    table = key.table;
    out += fmt::format("{} = {}\n", key.name, std::visit(Print{configuration}, key.target));
  }
  return out;
}

}  // namespace agreementd::daemon
