#pragma once

#include <string>

namespace agreementd::daemon {

/// Who sits at the keyboard, also behind `sudo`: the login name, else the name or number of the
/// user the program runs as.
std::string login_name();

}  // namespace agreementd::daemon
