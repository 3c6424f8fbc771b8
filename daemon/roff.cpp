#include "daemon/roff.h"

namespace agreementd::daemon {

std::string roff(std::string_view text) {
  std::string out = "\\&";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
    if (c == '\n') out += "\\&";
  }
  return out;
}

}  // namespace agreementd::daemon
