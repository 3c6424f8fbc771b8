#pragma once

#include <string>

/// What is installed beside the programs, made from the programs' own tables so that it is true:
/// manual pages (roff, man(7)) and the completion of bash.
namespace agreementd::daemon {

std::string agreementctl_manual();
std::string agreementd_toml_manual();
/// For /usr/share/bash-completion/completions/agreementctl.
std::string bash_completion();

}  // namespace agreementd::daemon
