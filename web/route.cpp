#include "web/route.h"

#include <ctime>
#include <string_view>

#include <fmt/chrono.h>

namespace agreementd::web {
namespace {

/// Whether a list of entity tags holds this one, weak or not.
bool names(std::string_view tags, std::string_view tag) {
  for (auto at = tags.find(tag); at != std::string_view::npos; at = tags.find(tag, at + 1))
    if (at == 0 || tags[at - 1] != '"') return true;
  return false;
}

}  // namespace

bool Request::has(const Validators& validators) const {
  if (!if_none_match.empty())
    return !validators.etag.empty() &&
           (if_none_match == "*" || names(if_none_match, validators.etag));
  return validators.last_modified && if_modified_since == http_date(*validators.last_modified);
}

std::string http_date(Instant instant) {
  const auto time =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(instant));
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(time));
}

}  // namespace agreementd::web
