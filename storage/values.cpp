#include "storage/values.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace agreementd::storage {
namespace {

[[noreturn]] void damaged(const char* type) {
  throw Failure(std::string("the database holds a damaged row (a ") + type +
                " was expected): run agreementctl verify");
}

template <typename Parse>
auto required(const Value& value, Parse parse, const char* type) {
  if (!value) damaged(type);
  const auto parsed = parse(*value);
  if (!parsed) damaged(type);
  return *parsed;
}

constexpr std::string_view hex_digits = "0123456789abcdef";

std::size_t hex_value(char digit) {
  const auto value = hex_digits.find(digit);
  if (value == std::string_view::npos) damaged("bytea");
  return value;
}

std::optional<std::int64_t> parse_integer(const std::string& text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

void append_element(std::string& array, const Value& value) {
  if (!value) {
    array += "NULL";
    return;
  }
  array += '"';
  for (const char c : *value) {
    if (c == '"' || c == '\\') array += '\\';
    array += c;
  }
  array += '"';
}

/// Bytes of the UTF-8 sequence `text` begins with (RFC 3629); 0: it begins with none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return lead == 0 ? 0 : 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  const unsigned second = byte(1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_high = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_high ? 0 : length;
}

}  // namespace

std::string storable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto length = sequence_length(text);
    result += length == 0 ? std::string_view("\uFFFD") : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

std::string bytea(std::string_view bytes) {
  std::string text = "\\x";
  text.reserve(2 + 2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += hex_digits[byte >> 4U];
    text += hex_digits[byte & 15U];
  }
  return text;
}

std::string read_bytea(const Value& value) {
  if (!value || value->size() % 2 != 0 || value->compare(0, 2, "\\x") != 0) damaged("bytea");
  std::string bytes;
  bytes.reserve(value->size() / 2 - 1);
  for (std::size_t i = 2; i < value->size(); i += 2)
    bytes += static_cast<char>(hex_value((*value)[i]) << 4U | hex_value((*value)[i + 1]));
  return bytes;
}

std::string text_array(const Values& values) {
  std::string array = "{";
  for (const auto& value : values) {
    if (array.size() > 1) array += ',';
    append_element(array, value);
  }
  return array + "}";
}

std::string text_array(const std::vector<std::string>& values) {
  return text_array(Values(values.begin(), values.end()));
}

std::string integer_array(const std::vector<std::int64_t>& numbers) {
  return fmt::format("{{{}}}", fmt::join(numbers, ","));
}

std::vector<std::string> read_text_array(const Value& value) {
  const auto text = read_text(value);
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') damaged("text[]");
  std::vector<std::string> elements;
  std::string element;
  bool quoted = false;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      element += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      elements.push_back(std::exchange(element, {}));
    } else {
      element += c;
    }
  }
  if (text.size() > 2) elements.push_back(element);
  return elements;
}

std::string read_text(const Value& value) {
  if (!value) damaged("text");
  return *value;
}
std::string read_text_or_empty(const Value& value) { return value.value_or(""); }
std::int64_t read_integer(const Value& value) { return required(value, parse_integer, "number"); }
int read_int(const Value& value) { return static_cast<int>(read_integer(value)); }
bool read_bool(const Value& value) { return read_text(value) == "true"; }
Instant read_instant(const Value& value) {
  return required(
      value, [](const auto& text) { return parse_instant(text); }, "time");
}
Date read_date(const Value& value) {
  return required(
      value, [](const auto& text) { return parse_date(text); }, "date");
}
Sha256 read_sha256(const Value& value) {
  const auto parse = [](const std::string& text) {
    return parse_sha256(std::string_view(text).substr(text.compare(0, 2, "\\x") == 0 ? 2 : 0));
  };
  return required(value, parse, "SHA-256");
}
std::optional<std::int64_t> read_optional_integer(const Value& value) {
  return value ? std::optional(read_integer(value)) : std::nullopt;
}
std::optional<Instant> read_optional_instant(const Value& value) {
  return value ? std::optional(read_instant(value)) : std::nullopt;
}
std::optional<Date> read_optional_date(const Value& value) {
  return value ? std::optional(read_date(value)) : std::nullopt;
}
std::optional<Sha256> read_optional_sha256(const Value& value) {
  return value ? std::optional(read_sha256(value)) : std::nullopt;
}

}  // namespace agreementd::storage
