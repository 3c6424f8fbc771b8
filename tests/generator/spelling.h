#pragma once

#include <optional>
#include <string>

#include "tests/generator/bodies.h"
#include "tests/generator/draw.h"

/// How a name comes to be printed otherwise than it is.
namespace agreementd::generator {

/// The text with one slip of the pen in one of its words of four letters or more: neighbours
/// swapped, a letter dropped, doubled or mistaken. Nothing where it has no such word.
std::optional<std::string> misspelled(Draw& draw, const std::string& text);

/// Another way to write the body's name, as ICE has changed between: abbreviations, filler words,
/// `City of`, the state's name, `Office` for `Department`. Nothing where we know none.
std::optional<std::string> other_form(Draw& draw, const Body& body);

/// The name of another body of the same place, which is taken for this one: the county's board or
/// jail for its sheriff. Nothing where there is none that a reader would recognise.
std::optional<std::string> sister_body(Draw& draw, const Body& body);

}  // namespace agreementd::generator
