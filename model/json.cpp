#include "model/json.h"

#include <nlohmann/json.hpp>

namespace agreementd {
namespace {

using nlohmann::json;

json parse(std::string_view text) { return json::parse(text, nullptr, false); }

}  // namespace

std::string json_string(std::string_view text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

JsonType json_type(std::string_view text) {
  if (text.find_first_of("\r\n") != std::string_view::npos) return JsonType::invalid;
  const json value = parse(text);
  if (value.is_discarded()) return JsonType::invalid;
  if (value.is_null()) return JsonType::null;
  if (value.is_boolean()) return JsonType::boolean;
  if (value.is_number()) return JsonType::number;
  if (value.is_string()) return JsonType::string;
  return value.is_array() ? JsonType::array : JsonType::object;
}

std::optional<std::map<std::string, std::string>> parse_json_strings(std::string_view text) {
  const json object = parse(text);
  if (!object.is_object()) return std::nullopt;
  std::map<std::string, std::string> members;
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) return std::nullopt;
    members[key] = value.get<std::string>();
  }
  return members;
}

}  // namespace agreementd
