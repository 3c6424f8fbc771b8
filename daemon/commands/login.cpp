#include "daemon/commands/login.h"

#include <array>

#include <pwd.h>
#include <unistd.h>

namespace agreementd::daemon {

std::string login_name() {
  std::array<char, 256> buffer{};
  if (getlogin_r(buffer.data(), buffer.size()) == 0 && buffer[0] != '\0') return buffer.data();
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : std::to_string(getuid());
}

}  // namespace agreementd::daemon
