#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace agreementd::parsers {

/// The target of `HYPERLINK("target", …)` where it is written out; nothing for other formulas.
std::optional<std::string> hyperlink_of_formula(std::string_view formula);

}  // namespace agreementd::parsers
