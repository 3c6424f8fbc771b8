#include "tests/generator/spelling.h"

#include <array>
#include <cctype>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "model/states.h"

namespace agreementd::generator {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// Where the words of four letters or more begin, and how long they are.
std::vector<std::pair<std::size_t, std::size_t>> long_words(const std::string& text) {
  std::vector<std::pair<std::size_t, std::size_t>> words;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end - at >= 4) words.emplace_back(at, end - at);
    at = end + 1;
  }
  return words;
}

/// `phrase` in `name` replaced; nothing where it is not there.
std::optional<std::string> replaced(const std::string& name, const std::string& phrase,
                                    const std::string& by) {
  const auto at = name.find(phrase);
  if (at == std::string::npos) return std::nullopt;
  auto result = name;
  return result.replace(at, phrase.size(), by);
}

bool ends_with(const std::string& name, const std::string& phrase) {
  return name.size() > phrase.size() && name.ends_with(phrase);
}

using Phrases = std::pair<const char*, const char*>;

void add_all(const Body& body, std::span<const Phrases> phrases, std::vector<std::string>& forms) {
  for (const auto& [phrase, by] : phrases)
    if (auto form = replaced(body.name, phrase, by)) forms.push_back(std::move(*form));
}

}  // namespace

std::optional<std::string> misspelled(Draw& draw, const std::string& text) {
  const auto words = long_words(text);
  if (words.empty()) return std::nullopt;
  const auto [begin, length] = draw.pick(words);
  // The first letter is seldom mistaken.
  const auto at = begin + 1 + draw.below(length - 2);
  auto result = text;
  switch (draw.below(4)) {
    case 0:
      std::swap(result[at], result[at + 1]);
      break;
    case 1:
      result.erase(at, 1);
      break;
    case 2:
      result.insert(at, 1, result[at]);
      break;
    default:
      result[at] = draw.pick(std::string("aeiourstnl"));
  }
  return result == text ? std::nullopt : std::optional(result);
}

std::optional<std::string> other_form(Draw& draw, const Body& body) {
  static constexpr std::array<Phrases, 21> phrases{{
      {"Police Department", "PD"},
      {"Police Department", "Police Dept."},
      {"Police Department", "Police"},
      {"Police Department", "Police Services Department"},
      {"Sheriff's Office", "Sheriffs Office"},
      {"Sheriff's Office", "Sheriff's Department"},
      {"Sheriff's Department", "Sheriff's Office"},
      {"Sheriff's Office", "Sheriff"},
      {"Board of County Commissioners", "BOCC"},
      {"Board of County Commissioners", "Board of County Commissioners/ Department of Corrections"},
      {"Department of Public Safety", "DPS"},
      {"Department of Public Safety", "Dept. of Public Safety"},
      {"Department of Corrections", "Corrections"},
      {"County Constable", "Co. Constable"},
      {"Township", "TWP"},
      {"Constable's Office", "Constable"},
      {"Fort ", "Ft. "},
      {"St. ", "Saint "},
      {"Precinct ", "Pct. "},
      {"State Police", "State Police Department"},
      {"Highway Patrol", "State Highway Patrol"},
  }};
  std::vector<std::string> forms;
  add_all(body, phrases, forms);
  if (body.type == "Municipality" && ends_with(body.name, " Police Department") &&
      body.name.find("Township") == std::string::npos &&
      body.name.find("Airport") == std::string::npos && !body.name.starts_with("City"))
    for (const char* front : {"City of ", "City of ", "Town of "})
      forms.push_back(front + body.name);
  if (body.type == "State Agency") {
    const std::string rest = body.name.substr(body.name.find(' ') + 1);
    const auto* state = find_state(body.state);
    // `South Carolina` is two words; without its name a patrol is anybody's.
    if (state != nullptr && state->name.find(' ') == std::string_view::npos) forms.push_back(rest);
  }
  return forms.empty() ? std::nullopt : std::optional(draw.pick(forms));
}

std::optional<std::string> sister_body(Draw& draw, const Body& body) {
  static constexpr std::array<Phrases, 6> phrases{{
      {"Sheriff's Office", "Board of County Commissioners"},
      {"Sheriff's Office", "Jail"},
      {"Sheriff's Office", "Detention Center"},
      {"Board of County Commissioners", "Sheriff's Office"},
      {"University Police Department", "University Board of Trustees"},
      {"Detention Center", "Sheriff's Office"},
  }};
  std::vector<std::string> forms;
  add_all(body, phrases, forms);
  return forms.empty() ? std::nullopt : std::optional(draw.pick(forms));
}

}  // namespace agreementd::generator
