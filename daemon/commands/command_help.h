#pragma once

#include <span>
#include <string_view>

namespace agreementd::daemon {

/// The texts of `--help`.
struct CommandHelp {
  std::string_view name;
  std::string_view group;
  std::string_view text;     ///< one line
  std::string_view example;  ///< a command line
};

/// In the order of `--help`, those of one group together.
std::span<const CommandHelp> all_commands();
/// Precondition: `name` is a command.
const CommandHelp& help_of(std::string_view name);

extern const std::string_view help_description;
extern const std::string_view help_footer;

}  // namespace agreementd::daemon
