#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Links as ICE's lists have them, and what they mean.
namespace agreementd::parsers {

/// The web address that `raw` means, in one spelling: out of Outlook's safelinks (whose query names
/// staff), of web archives and browser extensions (`chrome-extension://…/https:/…`), `https:/` with
/// its second slash, host in lower case, percent-encoding only where it must be (RFC 3986, 6.2.2).
/// An address from `/` on is www.ice.gov's. Nothing where it is no http(s) address (`mailto:`,
/// `javascript:`, a place in the workbook), or is wrapped beyond unwrapping.
std::optional<std::string> unwrap_link(std::string_view raw);

/// Whether `text` begins like a web address, wrapped or not.
bool looks_like_link(std::string_view text);

/// `text` with every safelink in it unwrapped (or, where that fails, `(link)`).
std::string without_safelinks(std::string text);

/// `%41` as `A`; what is no such triple stays.
std::string percent_decode(std::string_view text);

}  // namespace agreementd::parsers
