#include "fetchers/url.h"

#include <algorithm>
#include <memory>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>

#include "fetchers/fetcher.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

struct CloseUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURLU, CloseUrl>;

constexpr std::string_view white_space = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

bool set(CURLU* url, const std::string& text) {
  constexpr unsigned flags = CURLU_URLENCODE | CURLU_ALLOW_SPACE | CURLU_NON_SUPPORT_SCHEME;
  return curl_url_set(url, CURLUPART_URL, text.c_str(), flags) == CURLUE_OK;
}

/// Empty: absent.
std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
  return text;
}

std::string without_brackets(const std::string& host) {
  return host.size() > 2 && host.front() == '[' ? host.substr(1, host.size() - 2) : host;
}

/// RFC 3986, 6.2.2.1: `%c3` and `%C3` are one.
std::string with_triples_in_capitals(std::string text) {
  constexpr std::string_view hex = "0123456789abcdefABCDEF";
  for (std::size_t at = 0; (at = text.find('%', at)) != std::string::npos; ++at) {
    if (text.find_first_not_of(hex, at + 1) < at + 3 || at + 2 >= text.size()) continue;
    for (const std::size_t i : {at + 1, at + 2})
      if (text[i] >= 'a') text[i] = static_cast<char>(text[i] - 'a' + 'A');
  }
  return text;
}

std::optional<Url> read(CURLU* handle) {
  Url url;
  const std::string host = lower(part(handle, CURLUPART_HOST));
  if (host.empty()) return std::nullopt;
  url.scheme = lower(part(handle, CURLUPART_SCHEME));
  url.host = without_brackets(host);
  url.port = part(handle, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
  url.path = with_triples_in_capitals(part(handle, CURLUPART_PATH));
  const std::string query = with_triples_in_capitals(part(handle, CURLUPART_QUERY));
  url.target = query.empty() ? url.path : url.path + '?' + query;
  url.origin =
      fmt::format("{}://{}:{}", url.scheme, host, part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT));
  url.with_login =
      !part(handle, CURLUPART_USER).empty() || !part(handle, CURLUPART_PASSWORD).empty();
  if (url.with_login) return url;
  if (curl_url_set(handle, CURLUPART_FRAGMENT, nullptr, 0) != CURLUE_OK ||
      curl_url_set(handle, CURLUPART_HOST, host.c_str(), 0) != CURLUE_OK)
    return std::nullopt;
  url.text = with_triples_in_capitals(part(handle, CURLUPART_URL, CURLU_NO_DEFAULT_PORT));
  return url;
}

bool is_loopback_host(const std::string& host) {
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1)
    return (ntohl(address.s_addr) >> 24U) == IN_LOOPBACKNET;
  return host == "localhost" || host == "::1";
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  const Handle handle(curl_url());
  return handle && set(handle.get(), std::string(trimmed(text))) ? read(handle.get())
                                                                 : std::nullopt;
}

std::optional<Url> parse_url(const std::string& base, std::string_view reference) {
  const Handle handle(curl_url());
  if (!handle || !set(handle.get(), std::string(trimmed(base)))) return std::nullopt;
  // To curl nothing is no URL, and a fragment alone loses the query; to RFC 3986 both are the base.
  const std::string relative(trimmed(reference.substr(0, reference.find('#'))));
  if (!relative.empty() && !set(handle.get(), relative)) return std::nullopt;
  return read(handle.get());
}

std::optional<std::string> fault_of(const Url& url) {
  if (url.with_login) return "the address holds a user name or password: write it without";
  if (url.scheme != "https" && url.scheme != "http")
    return fmt::format("the address begins with {}: only https is asked for", one_line(url.scheme));
  if (url.scheme == "http" && !is_loopback_host(url.host))
    return fmt::format("the address at {} begins with http: only https is asked for",
                       one_line(url.host));
  return std::nullopt;
}

std::optional<std::string> fault_of_redirect(const Url& first, const Url& from, const Url& to,
                                             const std::vector<std::string>& allowed_hosts) {
  const auto fault = fault_of(to);
  if (fault) return "redirected, but " + *fault;
  if (from.scheme == "https" && to.scheme != "https")
    return fmt::format("redirected from https to http at {}", one_line(to.host));
  if (to.host != first.host &&
      std::find(allowed_hosts.begin(), allowed_hosts.end(), to.host) == allowed_hosts.end())
    return fmt::format("redirected to {}, which is no allowed host", one_line(to.host));
  // Whoever writes pages must not have us knock at any door of a host.
  if (!to.port.empty() && to.port != first.port && !is_loopback_host(to.host))
    return fmt::format("redirected to port {} of {}: only the usual port is asked", to.port,
                       one_line(to.host));
  return std::nullopt;
}

bool may_lead_to(const std::string& page, const std::string& url,
                 const std::vector<std::string>& hosts) {
  const auto from = parse_url(page);
  const auto to = parse_url(url);
  return from && to && !fault_of_redirect(*from, *from, *to, hosts);
}

constexpr std::size_t longest_url = 2000;  // as much as any browser or index takes

std::optional<std::string> resolve(const std::string& base, const std::string& reference) {
  const auto url = parse_url(base, reference);
  if (!url || url->with_login || (url->scheme != "https" && url->scheme != "http"))
    return std::nullopt;
  if (url->text.size() > longest_url) return std::nullopt;
  return url->text;
}

std::string host_of(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host : "";
}

bool is_loopback(const std::string& url) { return is_loopback_host(host_of(url)); }

}  // namespace agreementd::fetchers
