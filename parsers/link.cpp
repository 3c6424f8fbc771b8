#include "parsers/link.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "parsers/squeeze.h"

namespace agreementd::parsers {
namespace {

constexpr std::string_view safelinks_host = "safelinks.protection.outlook.com";
constexpr std::array<std::string_view, 3> archive_hosts{"web.archive.org", "wayback.archive.org",
                                                        "wayback.archive-it.org"};
constexpr std::array<std::string_view, 3> extension_schemes{"chrome-extension", "moz-extension",
                                                            "extension"};
constexpr std::string_view ice = "https://www.ice.gov";
constexpr int wrappings_at_most = 5;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte that the triple at `at` stands for, -1 where there is none.
int encoded_at(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return -1;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool contains(std::string_view text, std::string_view part) {
  return lower(text).find(part) != std::string::npos;
}

struct Address {
  std::string_view scheme;
  std::string_view host;  // with port
  std::string_view rest;  // path, query, fragment
};

/// Splits at the scheme's colon and after the host, however many slashes stand between them.
std::optional<Address> split(std::string_view link) {
  const auto colon = link.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto host = link.find_first_not_of('/', colon + 1);
  if (host == std::string_view::npos || host == colon + 1) return std::nullopt;
  const auto end = std::min(link.find_first_of("/?#", host), link.size());
  return Address{link.substr(0, colon), link.substr(host, end - host), link.substr(end)};
}

bool is_one_of(const auto& names, std::string_view text) {
  return std::find(names.begin(), names.end(), lower(text)) != names.end();
}

/// From the first `http:/` or `https:/` of `text` on, plain or percent-encoded; empty: none.
std::string inner_address(std::string_view text) {
  const std::string plain = lower(text);
  for (const std::string_view start : {"http:/", "https:/"})
    if (const auto at = plain.find(start); at != std::string::npos)
      return std::string(text.substr(at));
  for (const std::string_view start : {"http%3a", "https%3a"})
    if (const auto at = plain.find(start); at != std::string::npos)
      return percent_decode(text.substr(at));
  return {};
}

/// The decoded `url` of a safelink's query.
std::string safelink_target(std::string_view rest) {
  auto at = rest.find('?');
  while (at != std::string_view::npos) {
    const auto parameter = rest.substr(at + 1);
    if (begins_with(parameter, "url="))
      return percent_decode(parameter.substr(4, parameter.find('&') - 4));
    at = rest.find('&', at + 1);
  }
  return {};
}

/// `/web/20250224192655/https://…`: how an archive rewrites the links of a page it keeps.
bool is_archived_path(std::string_view link) {
  constexpr std::string_view start = "/web/";
  return link.starts_with(start) && link.size() > start.size() && link[start.size()] >= '0' &&
         link[start.size()] <= '9';
}

/// One wrapping taken off; nothing where there is none. Empty: wrapped around nothing.
std::optional<std::string> unwrap_once(std::string_view link) {
  if (is_archived_path(link)) return inner_address(link);
  const auto address = split(link);
  if (!address) return std::nullopt;
  if (contains(address->host, safelinks_host)) return safelink_target(address->rest);
  if (is_one_of(extension_schemes, address->scheme) || is_one_of(archive_hosts, address->host))
    return inner_address(address->rest);
  return std::nullopt;
}

bool is_unreserved(int c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

/// Path, query and fragment in one spelling: a triple only for what needs one.
std::string normal_encoding(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view reserved = ":/?#[]@!$&'()*+,;=";
  std::string normal;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int encoded = encoded_at(text, at);
    const int code = encoded >= 0 ? encoded : static_cast<unsigned char>(text[at]);
    const bool stays =
        is_unreserved(code) || (encoded < 0 && reserved.find(text[at]) != std::string_view::npos);
    if (stays) {
      normal += static_cast<char>(code);
    } else {
      normal.append({'%', hex[static_cast<std::size_t>(code) / 16],
                     hex[static_cast<std::size_t>(code) % 16]});
    }
    if (encoded >= 0) at += 2;
  }
  return normal;
}

bool is_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return is_unreserved(static_cast<unsigned char>(c)) || c == ':';
  });
}

}  // namespace

std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int code = encoded_at(text, at);
    decoded += code >= 0 ? static_cast<char>(code) : text[at];
    if (code >= 0) at += 2;
  }
  return decoded;
}

std::optional<std::string> unwrap_link(std::string_view raw) {
  std::string link = squeeze(raw);
  for (int i = 0; i < wrappings_at_most; ++i) {
    const auto inner = unwrap_once(link);
    if (!inner) break;
    link = squeeze(*inner);
  }
  if (link.starts_with("//")) link.insert(0, "https:");
  if (link.starts_with('/')) link.insert(0, ice);
  if (begins_with(link, "www.")) link.insert(0, "https://");
  if (contains(link, safelinks_host)) return std::nullopt;

  const auto address = split(link);
  if (!address) return std::nullopt;
  const std::string scheme = lower(address->scheme);
  if ((scheme != "http" && scheme != "https") || !is_host(address->host)) return std::nullopt;
  return scheme + "://" + lower(address->host) + normal_encoding(address->rest);
}

bool looks_like_link(std::string_view text) {
  constexpr std::array<std::string_view, 5> starts{"http:/", "https:/", "www.",
                                                   "chrome-extension:", "moz-extension:"};
  return std::any_of(starts.begin(), starts.end(),
                     [text](std::string_view start) { return begins_with(text, start); });
}

std::string without_safelinks(std::string text) {
  if (text.size() < safelinks_host.size() || !contains(text, safelinks_host)) return text;
  std::string plain;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size() - 1) + 1;
    const std::string_view word = std::string_view(text).substr(from, to - from);
    if (contains(word, safelinks_host)) {
      const auto http = lower(word).find("http");
      const auto start = http == std::string::npos ? 0 : http;
      plain.append(word.substr(0, start))
          .append(unwrap_link(word.substr(start)).value_or("(link)"));
      if (word.ends_with(' ')) plain += ' ';
    } else {
      plain += word;
    }
    from = to;
  }
  return plain;
}

}  // namespace agreementd::parsers
