#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/hash.h"
#include "model/result.h"
#include "model/time.h"
#include "storage/table.h"

/// How the model's types are written for PostgreSQL and read back.
namespace agreementd::storage {

inline Value to_value(const std::string& text) { return text; }
inline Value to_value(std::string_view text) { return std::string(text); }
inline Value to_value(std::int64_t number) { return std::to_string(number); }
inline Value to_value(int number) { return std::to_string(number); }
inline Value to_value(bool truth) { return truth ? "true" : "false"; }
inline Value to_value(Instant instant) { return to_string(instant); }
inline Value to_value(Date date) { return to_string(date); }
/// As bytea.
inline Value to_value(const Sha256& hash) { return "\\x" + to_hex(hash); }
template <typename T>
Value to_value(const std::optional<T>& value) {
  return value ? to_value(*value) : std::nullopt;
}
/// NULL where the text is empty: the database says *none*, the model an empty text.
inline Value or_null(const std::string& text) { return text.empty() ? std::nullopt : Value(text); }

/// `text` with U+FFFD in place of NULs and of what is no UTF-8. For what others send or name files:
/// it must never keep evidence out of the database.
std::string storable(std::string_view text);

/// Bytes as bytea.
std::string bytea(std::string_view bytes);
/// What PostgreSQL prints of a bytea (`bytea_output = hex`). Failure where it is none.
std::string read_bytea(const Value& value);
/// `{"a","b",NULL}`: an array of texts.
std::string text_array(const Values& values);
std::string text_array(const std::vector<std::string>& values);
/// `{1,2}`: an array of numbers.
std::string integer_array(const std::vector<std::int64_t>& numbers);
/// Reads an array of texts of one dimension.
std::vector<std::string> read_text_array(const Value& value);

/// Readers of one column. Failure where the value is NULL or none of the type: the row is damaged.
std::string read_text(const Value& value);
std::string read_text_or_empty(const Value& value);
std::int64_t read_integer(const Value& value);
int read_int(const Value& value);
bool read_bool(const Value& value);
Instant read_instant(const Value& value);
Date read_date(const Value& value);
Sha256 read_sha256(const Value& value);
std::optional<std::int64_t> read_optional_integer(const Value& value);
std::optional<Instant> read_optional_instant(const Value& value);
std::optional<Date> read_optional_date(const Value& value);
std::optional<Sha256> read_optional_sha256(const Value& value);

/// Reads the name of an enumeration's value with its `parse_…`.
template <typename Parse>
auto read_name(const Value& value, Parse parse) {
  const auto text = read_text(value);
  const auto name = parse(text);
  if (!name)
    throw Failure("the database holds an unknown word, \"" + text + "\": upgrade agreementd");
  return *name;
}

}  // namespace agreementd::storage
