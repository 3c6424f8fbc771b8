#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/time.h"

/// Text that others wrote.
namespace agreementd::fetchers {

/// For a detail: printable ASCII in one line, at most 300 characters. What is neither becomes `?`,
/// control characters a space.
std::string one_line(std::string_view text);

/// ASCII only.
std::string lower(std::string_view text);

/// `%41` as `A`; what is no such triple stays.
std::string percent_decode(const std::string& text);

bool is_utf8(const std::string& text);

/// A date in any form HTTP has (RFC 9110, 5.6.7) or servers write; nothing: it is none.
std::optional<Instant> read_http_date(const std::string& text);

}  // namespace agreementd::fetchers
