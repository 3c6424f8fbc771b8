#include "tests/generator/oddities.h"

#include <fmt/format.h>

#include "parsers/vocabulary.h"
#include "tests/generator/print.h"
#include "tests/generator/spelling.h"
#include "tracking/counties.h"
#include "tracking/normalise.h"

namespace agreementd::generator {
namespace {

/// The county a name begins with; empty: none.
std::string county_in(const std::string& name) {
  for (const char* word : {" County", " Parish"})
    if (const auto at = name.find(word); at != std::string::npos) return name.substr(0, at);
  return {};
}

}  // namespace

std::optional<std::string> odd_state(Draw& draw, const Body& body) {
  auto text = misspelled(draw, state_text(body.state));
  if (!text) return std::nullopt;
  const auto read = parsers::state_of(*text);
  return read && read->value == body.state ? text : std::nullopt;
}

std::string odd_model(const std::string& model) {
  return model == "TFM"   ? "Task Force Officer"
         : model == "WSO" ? "Warrant Services Officer"
                          : "Jail Enforcment Model ";
}

std::string odd_date(Day day) {
  const Date date{day};
  return fmt::format("{}/{}/{}", static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), static_cast<int>(date.year()));
}

std::optional<std::string> county_typo(Draw& draw, const Body& body) {
  auto text = misspelled(draw, body.county);
  return text && names_another_county(*text, body) ? std::nullopt : text;
}

bool names_another_county(const std::string& name, const Body& body) {
  const auto county = county_in(name);
  return !county.empty() && county != county_in(body.name) &&
         tracking::is_county(body.state, tracking::normalise_county(county));
}

}  // namespace agreementd::generator
