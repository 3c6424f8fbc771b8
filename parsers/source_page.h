#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace agreementd::parsers {

/// A link of ICE's page that may lead to one of its lists. Which list, if any, its content says.
struct ListLink {
  std::string href;  ///< as printed, out of its wrapping; may be relative
  /// It speaks of participating or pending agencies, in the file's name, the link's text or title.
  bool named = false;
  /// It has a workbook's extension or is a download: HTML behind it is not what was due.
  bool workbook_due = false;

  bool operator==(const ListLink&) const = default;
};

struct SourcePage {
  std::string base;  ///< of `<base href>`, as printed; empty: the page's own address
  /// In the order of the page, each href once. At most 32: of more, those that speak of the lists
  /// come first.
  std::vector<ListLink> links;

  bool operator==(const SourcePage&) const = default;
};

/// The links of a page that may lead to a list: workbooks by their extension; downloads
/// (`/file-download/download/public/<n>`) and other addresses without an extension where the text
/// speaks of the lists. Of a page too tangled to read there are none.
SourcePage read_source_page(std::string_view html);

/// What a page that is no list has about it of the barriers CDNs put up (a challenge, "Access
/// Denied", a captcha), in words; empty: nothing. Known marks of Akamai, Cloudflare, Imperva,
/// DataDome and HUMAN.
std::string barrier_in(std::string_view html);

}  // namespace agreementd::parsers
