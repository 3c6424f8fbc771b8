#pragma once

#include <optional>
#include <string>

#include "tests/generator/draw.h"
#include "tests/generator/world.h"

/// Cells that are printed oddly and still mean what they should.
namespace agreementd::generator {

/// The state misspelled, but not beyond recognition; nothing where chance found no such spelling.
std::optional<std::string> odd_state(Draw& draw, const Body& body);
std::string odd_model(const std::string& model);
/// As text instead of a date.
std::string odd_date(Day day);
/// The body's county misspelled; nothing where that would be another county that exists.
std::optional<std::string> county_typo(Draw& draw, const Body& body);

/// True where the name is of a county that exists and is not the one in the body's own name.
bool names_another_county(const std::string& name, const Body& body);

}  // namespace agreementd::generator
