#pragma once

#include <optional>
#include <string>

#include "fetchers/curl_handle.h"
#include "fetchers/poster.h"

namespace agreementd::fetchers {

/// Why the header lines of a post are not sent, in words without a value; nothing: they are. A name
/// is a token, a value printable (RFC 9110, 5.1 and 5.5): neither ends its line.
std::optional<std::string> fault_of_headers(const Post& post);

/// As curl wants them, of a post without such a fault.
Lines header_lines(const Post& post);

}  // namespace agreementd::fetchers
