#pragma once

#include <string>
#include <string_view>

/// What is installed beside the programs, made from the programs' own tables so that it is true:
/// manual pages (roff, man(7)) and the completion of bash.
namespace agreementd::daemon {

std::string agreementctl_manual();
std::string agreementd_toml_manual();
/// Text that roff takes as it is: a backslash is one, a hyphen the ASCII one, and no line of it is
/// a request, whatever it begins with.
std::string roff(std::string_view text);
/// For /usr/share/bash-completion/completions/agreementctl.
std::string bash_completion();

}  // namespace agreementd::daemon
