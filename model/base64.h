#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace agreementd {

/// `bytes` in base64 (RFC 4648, section 4), padded, in one line.
std::string base64(std::string_view bytes);

/// The bytes of a padded base64 text. Nothing where it is none: another character or a line end in
/// it, padding that is missing, unused bits that are not zero.
std::optional<std::string> parse_base64(std::string_view text);

}  // namespace agreementd
