#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

/// What printing needs of JSON; the entry's own text is in model/entry.h.
namespace agreementd {

/// `text` as a JSON string, quoted and escaped as RFC 8785 asks. Bytes that are no UTF-8 become
/// U+FFFD.
std::string json_string(std::string_view text);

enum class JsonType { invalid, null, boolean, number, string, array, object };
/// What a JSON text is; invalid where it is none, or more than one line.
JsonType json_type(std::string_view text);

/// The members of a JSON object whose values are strings, by key; nothing where `text` is no such
/// object.
std::optional<std::map<std::string, std::string>> parse_json_strings(std::string_view text);

}  // namespace agreementd
