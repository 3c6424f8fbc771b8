#include "parsers/source_page.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "parsers/html.h"
#include "parsers/link.h"
#include "parsers/squeeze.h"
#include "parsers/unreadable.h"

namespace agreementd::parsers {
namespace {

constexpr std::size_t memory_for_a_page = 256U << 20U;
constexpr std::size_t links_at_most = 32;

/// A page may carry some megabytes of scripts; marks of a barrier stand at its beginning.
constexpr std::size_t barrier_at_most = 1U << 18U;

constexpr std::array<std::string_view, 5> workbook_extensions{".xlsx", ".xlsm", ".xls", ".ods",
                                                              ".csv"};
constexpr std::string_view download_path = "/file-download/download/";

/// The path of an address, without scheme, host, query and fragment; lower case, decoded.
std::string path_of(std::string_view href) {
  href = href.substr(0, href.find_first_of("?#"));
  if (const auto scheme = href.find("://"); scheme != std::string_view::npos) {
    const auto start = href.find('/', scheme + 3);
    href = start == std::string_view::npos ? "" : href.substr(start);
  }
  return lower(percent_decode(href));
}

std::string last_segment(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool is_workbook(const std::string& path) {
  return std::any_of(workbook_extensions.begin(), workbook_extensions.end(),
                     [&](std::string_view extension) { return path.ends_with(extension); });
}

bool has_extension(const std::string& path) {
  return last_segment(path).find('.') != std::string::npos;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// `participatingAgencies01152027am.xlsx`, `ParticipatingAgency011527am`, `Pending Agencies`.
bool speaks_of_lists(const std::string& words) {
  return (contains(words, "participating") || contains(words, "pending")) &&
         contains(words, "agenc");
}

std::string words_of(const GumboNode& link) {
  return lower(text_of(link)) + ' ' + lower(attribute(link, "title")) + ' ' +
         lower(attribute(link, "aria-label"));
}

/// The address a browser would open; nothing where it would open none (`mailto:`, `#top`).
std::optional<std::string> address_of(std::string_view raw) {
  std::string href = squeeze(raw);
  if (href.empty() || href.starts_with('#')) return std::nullopt;
  // Also what looks absolute may be wrapped; what is relative may not.
  const auto colon = href.find(':');
  const bool has_scheme = colon != std::string::npos && colon < href.find_first_of("/?#");
  if (has_scheme || href.starts_with("/web/")) return unwrap_link(href);
  return href;
}

std::optional<ListLink> read_link(const GumboNode& node) {
  const auto href = address_of(attribute(node, "href"));
  if (!href) return std::nullopt;
  const auto path = path_of(*href);
  ListLink link;
  link.href = *href;
  link.named = speaks_of_lists(last_segment(path) + ' ' + words_of(node));
  link.workbook_due = is_workbook(path) || contains(path, download_path);
  const bool may_be_list = is_workbook(path) || (link.named && !has_extension(path));
  return may_be_list ? std::optional(link) : std::nullopt;
}

std::vector<ListLink> read_links(const Html& page) {
  std::vector<ListLink> links;
  std::unordered_map<std::string, std::size_t> places;
  for (const auto* node : page.all(GUMBO_TAG_A)) {
    const auto link = read_link(*node);
    if (!link) continue;
    const auto [place, is_new] = places.emplace(link->href, links.size());
    if (is_new)
      links.push_back(*link);
    else
      links[place->second].named = links[place->second].named || link->named;
  }
  if (links.size() <= links_at_most) return links;
  std::stable_partition(links.begin(), links.end(),
                        [](const ListLink& link) { return link.named; });
  links.resize(links_at_most);
  return links;
}

}  // namespace

SourcePage read_source_page(std::string_view html) {
  try {
    const Html page(html, memory_for_a_page);
    SourcePage source;
    const auto bases = page.all(GUMBO_TAG_BASE);
    if (!bases.empty()) source.base = squeeze(attribute(*bases.front(), "href"));
    source.links = read_links(page);
    return source;
  } catch (const Unreadable&) {
    return {};
  }
}

std::string barrier_in(std::string_view html) {
  struct Mark {
    std::string_view text;  // lower case
    std::string_view meaning;
  };
  constexpr std::array marks{
      Mark{"errors.edgesuite.net", "a CDN's \"Access Denied\" (Akamai)"},
      Mark{"<title>access denied", "\"Access Denied\""},
      Mark{"sec-if-cpt-container", "a challenge (Akamai)"},
      Mark{"/cdn-cgi/challenge-platform", "a challenge (Cloudflare)"},
      Mark{"cf-error-details", "a CDN's error page (Cloudflare)"},
      Mark{"<title>just a moment", "a challenge (Cloudflare)"},
      Mark{"<title>attention required", "a challenge (Cloudflare)"},
      Mark{"_incapsula_resource", "a challenge (Imperva)"},
      Mark{"pardon our interruption", "a challenge (Imperva)"},
      Mark{"captcha-delivery.com", "a captcha (DataDome)"},
      Mark{"px-captcha", "a captcha (HUMAN)"},
      Mark{"g-recaptcha", "a captcha"},
      Mark{"h-captcha", "a captcha"},
      Mark{"request rejected", "\"Request Rejected\""},
      Mark{"verify you are human", "a challenge"},
  };
  const auto text = lower(html.substr(0, barrier_at_most));
  const auto found = std::find_if(marks.begin(), marks.end(),
                                  [&](const Mark& mark) { return contains(text, mark.text); });
  return found == marks.end() ? std::string() : std::string(found->meaning);
}

}  // namespace agreementd::parsers
