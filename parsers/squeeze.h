#pragma once

#include <string>
#include <string_view>

namespace agreementd::parsers {

/// `text` as valid UTF-8 with every run of white space (line ends, no-break and typographic spaces,
/// control characters) as one space and none at the ends. Zero-width and direction marks vanish,
/// broken UTF-8 becomes U+FFFD.
std::string squeeze(std::string_view text);

/// What words are compared by: squeezed, ASCII letters in upper case, everything but letters,
/// digits and single spaces gone (`N.C.` is `NC`, `SUPPORT-TYPE` is `SUPPORT TYPE`). Other scripts
/// stay.
std::string plain_words(std::string_view text);

/// ASCII letters in lower case, the rest untouched.
std::string lower(std::string_view text);

/// Whether `text` begins with `prefix`; letters of either case are equal.
bool begins_with(std::string_view text, std::string_view prefix);

}  // namespace agreementd::parsers
