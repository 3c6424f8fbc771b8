#include "fetchers/proxy.h"

#include <cstdlib>
#include <initializer_list>

#include "fetchers/address.h"
#include "fetchers/fetcher.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

std::string first_set(std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return {};
}

std::string without_dots(std::string name) {
  if (name.starts_with('.')) name.erase(0, 1);
  if (name.ends_with('.')) name.pop_back();
  return name;
}

bool excepts(const std::string& exception, const std::string& host) {
  if (exception == "*" || is_in_network(host, exception)) return true;
  const std::string name = without_dots(lower(exception));
  if (name.empty()) return false;
  const std::string asked = without_dots(host);
  return asked == name || asked.ends_with('.' + name);
}

bool is_excepted(const std::string& host) {
  constexpr const char* separators = ", \t";
  const std::string list = first_set({"no_proxy", "NO_PROXY"});
  for (std::size_t at = list.find_first_not_of(separators); at != std::string::npos;) {
    const std::size_t end = list.find_first_of(separators, at);
    if (excepts(list.substr(at, end - at), host)) return true;
    at = list.find_first_not_of(separators, end);
  }
  return false;
}

}  // namespace

std::string proxy_for(const Url& url) {
  if (is_loopback(url.text) || is_excepted(url.host)) return {};
  return first_set({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
}

}  // namespace agreementd::fetchers
