#include "parsers/moa.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "parsers/link.h"
#include "parsers/text.h"

namespace agreementd::parsers {
namespace {

constexpr std::array<std::string_view, 4> pending_words{"LINK PENDING", "PENDING", "PENDING LINK",
                                                        "LINKS PENDING"};
constexpr std::array<std::string_view, 6> link_words{"LINK",     "LINKS",         "MOA",
                                                     "ADDENDUM", "LINK ADDENDUM", "LINK LINK"};

bool is_one_of(const auto& words, const std::string& text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// Addresses printed as text: one, or several with spaces or bars between them.
std::vector<Link> bare_links(std::string_view text) {
  std::vector<Link> links;
  std::size_t from = 0;
  while (from < text.size()) {
    std::size_t to = text.size();
    for (const std::string_view start : {" http", "|http", "| http"})
      to = std::min(to, text.find(start, from + 1));
    auto link = text.substr(from, to - from);
    while (!link.empty() && (link.back() == '|' || link.back() == ' ')) link.remove_suffix(1);
    while (!link.empty() && (link.front() == '|' || link.front() == ' ')) link.remove_prefix(1);
    if (!link.empty()) links.push_back({"", std::string(link)});
    from = to;
  }
  return links;
}

struct Addresses {
  std::string first;
  std::string second;
  bool any_lost = false;  // a link that leads nowhere we can show
};

bool says_addendum(const Link& link) { return begins_with(squeeze(link.text), "addendum"); }

/// The MOA comes first, unless the link's own text says otherwise.
Addresses addresses_of(const std::vector<Link>& links) {
  Addresses found;
  for (const auto& link : links) {
    const auto address = unwrap_link(link.target);
    if (!address) {
      found.any_lost = true;
    } else if (found.first.empty() && !(links.size() > 1 && says_addendum(link))) {
      found.first = *address;
    } else if (found.second.empty() && *address != found.first) {
      found.second = *address;
    }
  }
  return found;
}

Linked read(const Cell* cell, std::string_view column) {
  Linked linked;
  if (!cell) return linked;
  const std::string text = printed_text(cell->text);
  const std::string words = plain_words(text);
  const std::string raw = squeeze(cell->text);
  const bool is_address = cell->links.empty() && looks_like_link(raw);
  const auto found = addresses_of(is_address ? bare_links(raw) : cell->links);
  linked.url = found.first;
  linked.addendum = found.second;
  linked.printed = text;
  if (!linked.url.empty() || !linked.addendum.empty()) {
    linked.printed = linked.addendum.empty() ? linked.url : linked.url + " " + linked.addendum;
    linked.status = !linked.url.empty() ? MoaStatus::posted
                    : found.any_lost    ? MoaStatus::unreadable
                                        : MoaStatus::none;
    if (is_one_of(pending_words, words))
      linked.oddities.push_back(fmt::format("{} says \"{}\" and has a link", column, text));
  } else if (is_one_of(pending_words, words)) {
    linked.status = MoaStatus::pending;
  } else if (found.any_lost) {
    linked.status = MoaStatus::unreadable;
    linked.oddities.push_back(fmt::format("{} has a link that is no web address", column));
  } else if (is_one_of(link_words, words)) {
    linked.status = MoaStatus::posted;
    linked.oddities.push_back(fmt::format("{} says \"{}\" and has no link", column, text));
  } else if (!words.empty()) {
    linked.status = MoaStatus::unreadable;
    linked.oddities.push_back(fmt::format("{} \"{}\" is neither a link nor pending", column, text));
  }
  return linked;
}

}  // namespace

Linked read_moa(const Cell* cell) { return read(cell, "MOA"); }

Linked read_addendum(const Cell* cell) { return read(cell, "addendum"); }

}  // namespace agreementd::parsers
