#include "daemon/configuration/option_values.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>

#include "model/states.h"

namespace agreementd::daemon {
namespace {

std::string upper(std::string_view text) {
  std::string result;
  for (const char c : text)
    result += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

std::optional<std::string> parse_state(std::string_view text) {
  const auto wanted = upper(text);
  for (const State& state : states())
    if (state.code == wanted || state.name == wanted) return std::string(state.code);
  return std::nullopt;
}

std::optional<std::string> parse_hex(std::string_view text) {
  const bool hex = std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c); });
  if (!hex || text.size() < 8 || text.size() > 64) return std::nullopt;
  std::string digits;
  for (const char c : text)
    digits += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return digits;
}

std::optional<std::string> parse_id(std::string_view text) {
  const auto id = upper(text);
  const auto base32 = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); };
  const bool valid = id.size() == 9 && (id[0] == 'A' || id[0] == 'G') &&
                     std::ranges::all_of(std::string_view(id).substr(1), base32);
  return valid ? std::optional(id) : std::nullopt;
}

std::optional<std::string> parse_agreement_id(std::string_view text) {
  auto id = parse_id(text);
  return id && id->starts_with('A') ? id : std::nullopt;
}

std::optional<Instant> parse_listed_at(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  if (text.size() == 10) return new_york_instant(*date, std::chrono::hours{13});
  if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  const auto hours = parse_count(text.substr(11, 2));
  const auto minutes = parse_count(text.substr(14, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return new_york_instant(*date, std::chrono::minutes{60 * *hours + *minutes});
}

std::optional<storage::LogPoint> parse_log_point(std::string_view text) {
  const auto end = text.find_first_of(", ");
  if (end == std::string_view::npos) return std::nullopt;
  const auto seq = parse_count(text.substr(0, end));
  const auto hash = parse_sha256(text.substr(end + 1));
  if (!seq || !hash) return std::nullopt;
  return storage::LogPoint{*seq, *hash};
}

std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && rest == end && number >= 0 ? std::optional(number) : std::nullopt;
}

std::optional<std::string> parse_word(std::string_view text,
                                      std::span<const std::string_view> words) {
  for (const auto word : words)
    if (upper(word) == upper(text)) return std::string(word);
  return std::nullopt;
}

}  // namespace agreementd::daemon
