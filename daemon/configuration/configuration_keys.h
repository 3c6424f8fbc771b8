#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "daemon/configuration/configuration.h"

/// The one table of what may be in the configuration file: reading, the shipped file and the manual
/// page are made of it.
namespace agreementd::daemon {

/// Where a key's value is kept: its type is the type the file must have. Durations (`"90s"`,
/// `"5m"`, `"1h"`, `"7d"`) are seconds, sizes (`"512 MiB"`) bytes, counts 0 to 2147483647, shares
/// 0 to 1.
template <typename Value>
using Place = Value& (*)(Configuration&);
using Target =
    std::variant<Place<std::string>, Place<std::vector<std::string>>, Place<int>, Place<double>,
                 Place<bool>, Place<std::chrono::seconds>, Place<std::uint64_t>>;

/// The table that may stand there several times, `[[alert]]`: its keys are those of the last of
/// `Configuration::alerts`.
inline constexpr std::string_view alert_table = "alert";

struct Key {
  std::string_view table;  ///< empty: the top of the file
  std::string_view name;
  Target target;
  std::string_view explanation;  ///< what it is for, in sentences
  /// What is wrong with the value that was read; empty: nothing. What it refuses is not kept, and
  /// so not printed.
  std::string (*check)(Configuration&) = nullptr;
};
/// Those of `[[alert]]`, a part of the table.
std::span<const Key> alert_keys();
/// `daily 07:00`: minutes after midnight; nothing for anything else.
std::optional<std::chrono::minutes> parse_daily(std::string_view text);
/// What is wrong with an alert as a whole; empty: nothing.
std::string check_alert(const Alert& alert);
/// In the order of the shipped file, those of one table together.
std::span<const Key> configuration_keys();

/// `[source]`, `[[alert]]`.
std::string table_head(std::string_view table);
/// What a table is about, in a sentence.
std::string_view about_table(std::string_view table);

/// `90s`, `5m`, `1h`, `7d`; nothing for anything else, and where there would be more than a hundred
/// years.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);
/// The longest unit that gives a whole number.
std::string duration_text(std::chrono::seconds duration);
/// `4096 B`, `64 KiB`, `512 MiB`, `2 GiB`, with or without the space.
std::optional<std::uint64_t> parse_size(std::string_view text);
std::string size_text(std::uint64_t bytes);

}  // namespace agreementd::daemon
