#pragma once

#include <string>
#include <string_view>

#include "model/listing.h"
#include "parsers/list.h"

namespace agreementd::parsers {

/// What `read_list` does, throwing `Unreadable`.
Reading read(std::string_view bytes, const std::string& name, const Limits& limits);

/// Whether the bytes begin like HTML or XML.
bool is_markup(std::string_view bytes);

/// The one line of an error: what cannot be read, and why.
std::string error_line(const std::string& name, const std::string& reason);

}  // namespace agreementd::parsers
