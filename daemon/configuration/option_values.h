#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/time.h"
#include "storage/proof.h"

/// The values of options, from text; absent where the text is none.
namespace agreementd::daemon {

/// Two letters or the name of a state or territory, in any case: the two letters.
std::optional<std::string> parse_state(std::string_view text);

/// 8 to 64 hex digits, in lower case.
std::optional<std::string> parse_hex(std::string_view text);

/// An agreement's (`A…`) or agency's (`G…`) id, in upper case.
std::optional<std::string> parse_id(std::string_view text);

/// An agreement's id (`A…`) alone.
std::optional<std::string> parse_agreement_id(std::string_view text);

/// `2025-06-01` (13:00 New York, as a list whose name has a date and no slot) or
/// `2025-06-01T17:00` (New York).
std::optional<Instant> parse_listed_at(std::string_view text);

/// `SEQ,HASH` as `verify --head` prints them, with a comma or a space between.
std::optional<storage::LogPoint> parse_log_point(std::string_view text);

/// A whole number, 0 or more.
std::optional<std::int64_t> parse_count(std::string_view text);

/// The word that `text` is in any case, as it is spelled in `words`.
std::optional<std::string> parse_word(std::string_view text,
                                      std::span<const std::string_view> words);

}  // namespace agreementd::daemon
