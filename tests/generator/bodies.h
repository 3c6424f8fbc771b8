#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/generator/draw.h"

namespace agreementd::generator {

/// A law-enforcement body as it truly is.
struct Body {
  std::string state;   ///< USPS
  std::string name;    ///< as ICE prints it at its best
  std::string type;    ///< a word of the TYPE column
  std::string county;  ///< with `County` or `Parish`; empty: a body of the whole state
  /// Another body of the state has this very name: nothing but the county tells them apart.
  bool told_by_county = false;
};

/// True where the body keeps prisoners: only such have the jail and warrant models.
bool keeps_prisoners(const Body& body);

/// Letters and digits, lower case: names equal so are one name to any reader.
std::string plain(const std::string& text);

/// The plain name without what one body's name is printed with and without: `City of`, `Office`,
/// `Department`. No two of our bodies differ in that alone: a county has no Sheriff's Office beside
/// its Sheriff's Department.
std::string bare(std::string name);

/// `count` bodies of all kinds, no two of one name in one state but those told apart by their
/// county alone. The first `near_namesakes` come in pairs of names alike that are two.
std::vector<Body> make_bodies(Draw& draw, std::size_t count);

/// How many bodies at the front are near namesakes: 0 and 1 are a pair, 2 and 3, and so on.
inline constexpr std::size_t near_namesakes = 24;

}  // namespace agreementd::generator
