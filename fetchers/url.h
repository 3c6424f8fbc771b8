#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// URLs in their parts. curl's own reading of them decides: what is checked here is what it asks.
namespace agreementd::fetchers {

struct Url {
  std::string text;         ///< absolute, percent-encoded, no fragment; empty: `with_login`
  std::string scheme;       ///< lower case
  std::string host;         ///< lower case, no port, no brackets
  std::string port;         ///< empty: the default of its scheme
  std::string origin;       ///< `https://www.ice.gov:443`
  std::string path;         ///< from `/` on, percent-encoded
  std::string target;       ///< path and query
  bool with_login = false;  ///< holds a user name or password: neither is kept here
};

/// Any scheme that has a host; nothing where it is no absolute URL. White space around it is
/// dropped, spaces in it are encoded.
std::optional<Url> parse_url(std::string_view text);

/// What `reference` means at `base` (RFC 3986, 5.2).
std::optional<Url> parse_url(const std::string& base, std::string_view reference);

/// Why `url` may not be asked for at all, in words (scheme, login); nothing: it may.
std::optional<std::string> fault_of(const Url& url);

/// Why a redirect from `from`, in answer to a request for `first`, may not be followed to `to`
/// (`may_lead_to`, step by step), in words; nothing: it may.
std::optional<std::string> fault_of_redirect(const Url& first, const Url& from, const Url& to,
                                             const std::vector<std::string>& allowed_hosts);

}  // namespace agreementd::fetchers
