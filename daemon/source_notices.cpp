#include "daemon/source_notices.h"

#include <algorithm>

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

const char* meaning_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
    case Outcome::not_modified:
      return "as it should be";
    case Outcome::stale_link:
      return "an older list is linked again; it changes nothing";
    case Outcome::blocked:
      return "the source refuses us: open it in a browser, and ask its operators for access";
    case Outcome::robots:
      return "robots.txt forbids it: ask the source's operators for access";
    case Outcome::host_refused:
      return "it leads to a host that is not allowed: add the host to source.hosts if it is right";
    case Outcome::not_found:
      return "not found: see whether the page has moved, and set source.page";
    case Outcome::not_yet_there:
      return "linked, but not there yet: it is tried again";
    case Outcome::link_missing:
      return "it links no list: see whether the lists have moved";
    case Outcome::empty:
      return "nothing came: it is tried again";
    case Outcome::truncated:
      return "it came damaged: it is tried again";
    case Outcome::too_large:
      return "larger than a list can be: see what it is";
    case Outcome::wrong_type:
      return "neither workbook nor page: see what it is";
    case Outcome::unreadable:
      return "it cannot be read as a list: see whether ICE changed its form";
    case Outcome::tls_failure:
      return "no trusted connection: check this machine's clock and certificates";
    case Outcome::dns_failure:
      return "its host is not found: check this machine's name resolution";
    case Outcome::connection_failure:
      return "no connection: check this machine's network";
    case Outcome::timeout:
      return "no answer in time: it is tried again";
    case Outcome::server_error:
      return "the server has a fault: it is tried again";
    case Outcome::client_error:
      return "the server does not understand us: see what it answers";
  }
  return "";
}

bool is_about_the_source(const Notice& notice) { return parse_outcome(notice.kind).has_value(); }

bool same(const Notice& one, const Notice& other) {
  return one.kind == other.kind && one.subject == other.subject;
}

}  // namespace

Notice source_notice(const std::string& url, Outcome outcome, const std::string& detail) {
  return {std::string(to_string(outcome)), url,
          fmt::format("{}: {}", url, detail.empty() ? meaning_of(outcome) : detail)};
}

Notice list_missing(List list, const std::string& page) {
  return {std::string(to_string(Outcome::link_missing)), std::string(to_string(list)),
          fmt::format("{} links no {} list: see whether it has moved. What was listed stays listed",
                      page, to_string(list))};
}

void update_source_notices(storage::Consequences& consequences, const Visit& visit, Instant now) {
  const auto open = consequences.notices();
  const auto is_in = [](const std::vector<Notice>& notices, const Notice& notice) {
    return std::ranges::any_of(notices, [&](const Notice& each) { return same(each, notice); });
  };
  for (const auto& notice : visit.notices)
    if (!is_in(open, notice)) consequences.open_notice(notice, now);
  const auto& page = visit.asked.front().url;
  for (const auto& notice : open) {
    const bool known = visit.page_read || notice.subject == page;
    if (is_about_the_source(notice) && known && !is_in(visit.notices, notice))
      consequences.close_notice(notice.kind, notice.subject, now);
  }
}

}  // namespace agreementd::daemon
