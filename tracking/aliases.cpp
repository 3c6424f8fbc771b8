#include "tracking/aliases.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "model/states.h"

namespace agreementd::tracking {
namespace {

using Record = std::array<std::string, 5>;
constexpr std::string_view header = "state,printed name,canonical name,relation,evidence";

[[noreturn]] void fail(int line, const std::string& what) {
  throw std::invalid_argument(fmt::format("aliases, line {}: {}", line, what));
}

/// The next field of `line`, taken off it; quoted where it begins with a quotation mark.
std::string take_field(std::string_view& line, int number) {
  if (!line.starts_with('"')) {
    const auto field = line.substr(0, line.find(','));
    line.remove_prefix(field.size());
    return std::string(field);
  }
  std::string field;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] != '"') {
      field += line[i];
    } else if (i + 1 < line.size() && line[i + 1] == '"') {
      field += line[i++];
    } else {
      line.remove_prefix(i + 1);
      return field;
    }
  }
  fail(number, "a quotation mark is not closed");
}

Record read_record(std::string_view line, int number) {
  Record record;
  for (std::size_t i = 0; i < record.size(); ++i) {
    record[i] = take_field(line, number);
    if (record[i].empty()) fail(number, "a field is empty");
    const bool last = i + 1 == record.size();
    if (last != line.empty() || (!last && !line.starts_with(',')))
      fail(number, fmt::format("not the five fields {}", header));
    if (!last) line.remove_prefix(1);
  }
  return record;
}

}  // namespace

void Aliases::add(const std::string& state, const std::string& printed,
                  const std::string& canonical) {
  keys_[{state, normalise_name(printed).key}] = normalise_name(canonical).key;
}

const std::string& Aliases::canonical(const std::string& state, const Name& name) const {
  const auto found = keys_.find({state, name.key});
  return found == keys_.end() ? name.key : found->second;
}

bool Aliases::is_canonical(const std::string& state, const Name& name) const {
  return std::any_of(keys_.begin(), keys_.end(), [&](const auto& alias) {
    return alias.first.first == state && alias.second == name.key;
  });
}

Aliases read_aliases(std::string_view csv) {
  Aliases aliases;
  for (int number = 1; !csv.empty(); ++number) {
    const auto line = csv.substr(0, csv.find('\n'));
    csv.remove_prefix(std::min(line.size() + 1, csv.size()));
    if (number == 1 && line != header) fail(number, fmt::format("the header is not {}", header));
    if (number == 1 || line.empty()) continue;
    const auto [state, printed, canonical, relation, evidence] = read_record(line, number);
    const auto* known = find_state(state);
    if (known == nullptr || known->code != state)
      fail(number, fmt::format("{} is no state", state));
    const auto name = normalise_name(printed);
    const auto becomes = normalise_name(canonical);
    if (name.key == becomes.key) fail(number, "the two names are one to the rules already");
    if (aliases.canonical(state, name) != name.key || aliases.is_canonical(state, name) ||
        aliases.canonical(state, becomes) != becomes.key)
      fail(number, "a name leads to more than one, or by way of another");
    aliases.add(state, printed, canonical);
  }
  return aliases;
}

}  // namespace agreementd::tracking
