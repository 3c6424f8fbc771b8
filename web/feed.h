#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/time.h"

/// What feed readers read. Atom 1.0: RFC 4287; JSON Feed 1.1:
/// https://www.jsonfeed.org/version/1.1/; that a feed has older pages: RFC 5005, 3.
namespace agreementd::web {

/// Texts are UTF-8 without markup, but for `html`.
struct FeedItem {
  std::string id;  ///< an IRI, for ever the same
  std::string title;
  std::string html;  ///< all there is to know, as a fragment of HTML
  std::string link;  ///< to a document of others that it is about; empty: none
  Instant at;        ///< when it was published; it never changes
  std::vector<std::string> tags;
  std::string data;  ///< the same for programs, a JSON object
};

struct Feed {
  std::string title;
  std::string description;
  std::string id;    ///< the same of all its pages: the absolute URL of the first
  std::string url;   ///< of this page, absolute
  std::string next;  ///< of the page with older items, absolute; empty: there are none
  Instant updated;
  std::vector<FeedItem> items;  ///< the newest first
};

constexpr auto atom_type = "application/atom+xml; charset=utf-8";
constexpr auto json_feed_type = "application/feed+json";

std::string atom(const Feed& feed);
/// `data` is the member `_agreementd` of each item.
std::string json_feed(const Feed& feed);

}  // namespace agreementd::web
