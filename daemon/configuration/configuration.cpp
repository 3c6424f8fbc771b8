#include "daemon/configuration/configuration.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "daemon/configuration/configuration_keys.h"

namespace agreementd::daemon {
namespace {

/// Puts a value where it belongs; answers what is wrong with it, nothing where it is right.
struct Assign {
  const toml::node& node;
  Configuration& configuration;

  std::string operator()(Place<std::string> place) const {
    const auto value = node.value_exact<std::string>();
    if (!value) return "must be a text in quotes";
    place(configuration) = *value;
    return "";
  }
  std::string operator()(Place<std::vector<std::string>> place) const {
    constexpr auto wrong = "must be texts in brackets, as in [\"example.org\"]";
    const auto* array = node.as_array();
    if (array == nullptr) return wrong;
    std::vector<std::string> texts;
    for (const auto& each : *array) {
      const auto text = each.value_exact<std::string>();
      if (!text) return wrong;
      texts.push_back(*text);
    }
    place(configuration) = std::move(texts);
    return "";
  }
  std::string operator()(Place<int> place) const {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > std::numeric_limits<int>::max())
      return "must be a whole number, 0 or more";
    place(configuration) = static_cast<int>(*value);
    return "";
  }
  std::string operator()(Place<double> place) const {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!value || !(*value >= 0 && *value <= 1)) return "must be a share from 0 to 1, as in 0.02";
    place(configuration) = *value;
    return "";
  }
  std::string operator()(Place<bool> place) const {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    place(configuration) = *value;
    return "";
  }
  std::string operator()(Place<std::chrono::seconds> place) const {
    return read_text(place, parse_duration,
                     "must be a duration: \"90s\", \"5m\", \"1h\" or \"7d\"");
  }
  std::string operator()(Place<std::uint64_t> place) const {
    return read_text(place, parse_size, "must be a size, as in \"512 MiB\" or \"1 GiB\"");
  }

 private:
  template <typename Value, typename Parse>
  std::string read_text(Place<Value> place, Parse parse, const char* wrong) const {
    const auto text = node.value_exact<std::string>();
    const auto value = text ? parse(*text) : std::nullopt;
    if (!value) return wrong;
    place(configuration) = *value;
    return "";
  }
};

/// Back to what it is without the file: what was refused is not used, and not printed.
void set_to_default(const Key& key, Configuration& configuration) {
  std::visit(
      [&](auto place) {
        Configuration defaults;
        defaults.alerts.emplace_back();
        place(configuration) = place(defaults);
      },
      key.target);
}

class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  void read_table(const toml::table& table, std::string_view table_name) {
    for (const auto& [name, node] : table) {
      const bool is_table = table_name.empty() && known_table(name.str());
      if (is_table && name.str() == alert_table)
        read_alerts(node);
      else if (is_table && node.is_table())
        read_table(*node.as_table(), name.str());
      else if (is_table)
        problem(node.source(),
                fmt::format("{} must be a table: write [{}]", name.str(), name.str()));
      else
        read_value(table_name, name, node);
    }
  }

  void read_alerts(const toml::node& node) {
    const auto* array = node.as_array();
    if (array == nullptr || !array->is_homogeneous<toml::table>())
      return problem(node.source(), "each alert must be a table of its own: write [[alert]]");
    for (const auto& each : *array) {
      configuration_.alerts.emplace_back();
      const auto before = found_.size();
      read_table(*each.as_table(), alert_table);
      // What follows from a key that is wrong is not told beside it.
      if (found_.size() == before) check_last_alert(each.source());
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
  void check_last_alert(const toml::source_region& source) {
    const auto& alerts = configuration_.alerts;
    const auto& last = alerts.back();
    if (const auto wrong = check_alert(last); !wrong.empty())
      problem(source, fmt::format("alert {}: {}", last.name, wrong));
    else if (std::ranges::count(alerts, last.name, &Alert::name) > 1)
      problem(source, fmt::format("alert {}: there is one of that name above", last.name));
  }

  struct Problem {
    toml::source_position position;
    std::string text;
  };

  static bool known_table(std::string_view name) { return !about_table(name).empty(); }

  static std::string full_name(std::string_view table, std::string_view name) {
    return table.empty() ? std::string(name) : fmt::format("{}.{}", table, name);
  }

  static std::string table_names() {
    std::vector<std::string> names;
    for (const Key& key : configuration_keys())
      if (auto name = table_head(key.table);
          !key.table.empty() && (names.empty() || names.back() != name))
        names.push_back(std::move(name));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  void read_value(std::string_view table, const toml::key& name, const toml::node& node) {
    const auto keys = configuration_keys();
    const auto key = std::ranges::find_if(keys, [&](const Key& candidate) {
      return candidate.table == table && candidate.name == name.str();
    });
    if (key == keys.end()) return unknown(table, name);
    auto wrong = std::visit(Assign{node, configuration_}, key->target);
    if (wrong.empty() && key->check != nullptr) wrong = key->check(configuration_);
    if (wrong.empty()) return;
    set_to_default(*key, configuration_);
    problem(node.source(), fmt::format("{} {}", full_name(table, name.str()), wrong));
  }

  void unknown(std::string_view table, const toml::key& name) {
    std::vector<std::string_view> known;
    for (const Key& key : configuration_keys())
      if (key.table == table) known.push_back(key.name);
    problem(name.source(), fmt::format("unknown key {}: known {} {}", full_name(table, name.str()),
                                       table.empty() ? "here are " + table_names() + " and"
                                                     : std::string("in this table are"),
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

}  // namespace agreementd::daemon
