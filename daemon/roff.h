#pragma once

#include <string>
#include <string_view>

namespace agreementd::daemon {

/// Text that roff takes as it is: a backslash is one, a hyphen the ASCII one, and no line of it is
/// a request, whatever it begins with.
std::string roff(std::string_view text);

}  // namespace agreementd::daemon
