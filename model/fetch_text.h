#pragma once

#include <string>
#include <string_view>

#include "model/input.h"
#include "model/result.h"

namespace agreementd {

/// The fetch as one line of JSON, from which `parse_fetch` makes it again. What is not valid UTF-8
/// in what a server sent becomes U+FFFD.
std::string to_json(const Fetch& fetch);
/// Error: what is wrong with the text.
Result<Fetch> parse_fetch(std::string_view json);

}  // namespace agreementd
