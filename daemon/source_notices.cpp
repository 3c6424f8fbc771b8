#include "daemon/source_notices.h"

#include <algorithm>

#include <fmt/format.h>

namespace agreementd::daemon {
namespace {

/// What to do; empty where the detail says it.
const char* advice_on(Outcome outcome) {
  switch (outcome) {
    case Outcome::stale_link:
      return "an older list is linked again; it changes nothing";
    case Outcome::robots:
      return "ask the source's operators for access";
    case Outcome::host_refused:
      return "if it is right, add the host to source.hosts";
    case Outcome::not_found:
      return "see whether it has moved, and set source.page";
    case Outcome::empty:
    case Outcome::truncated:
    case Outcome::timeout:
    case Outcome::server_error:
    case Outcome::connection_failure:
      return "it is tried again";
    case Outcome::too_large:
    case Outcome::wrong_type:
    case Outcome::client_error:
      return "see what it is in a browser";
    case Outcome::unreadable:
      return "it cannot be read as a list: see whether ICE changed its form";
    default:
      return "";
  }
}

bool is_about_the_source(const Notice& notice) { return parse_outcome(notice.kind).has_value(); }

bool same(const Notice& one, const Notice& other) {
  return one.kind == other.kind && one.subject == other.subject;
}

}  // namespace

Notice source_notice(const std::string& url, Outcome outcome, const std::string& detail) {
  std::string text = url;
  for (const std::string& part : {detail, std::string(advice_on(outcome))})
    if (!part.empty()) text += ": " + part;
  return {std::string(to_string(outcome)), url, text};
}

Notice list_missing(List list, const std::string& page) {
  return {std::string(to_string(Outcome::link_missing)), std::string(to_string(list)),
          fmt::format("{} links no {} list: see whether it has moved. What was listed stays listed",
                      page, to_string(list))};
}

std::vector<Notice> update_source_notices(storage::Consequences& consequences, const Visit& visit,
                                          Instant now) {
  const auto open = consequences.notices();
  const auto is_in = [](const std::vector<Notice>& notices, const Notice& notice) {
    return std::ranges::any_of(notices, [&](const Notice& each) { return same(each, notice); });
  };
  std::vector<Notice> opened;
  for (const auto& notice : visit.notices)
    if (!is_in(open, notice) && consequences.open_notice(notice, now)) opened.push_back(notice);
  const auto& page = visit.asked.front().url;
  for (const auto& notice : open) {
    const bool known = visit.page_read || notice.subject == page;
    if (is_about_the_source(notice) && known && !is_in(visit.notices, notice))
      consequences.close_notice(notice.kind, notice.subject, now);
  }
  return opened;
}

}  // namespace agreementd::daemon
