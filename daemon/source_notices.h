#pragma once

#include <string>
#include <vector>

#include "daemon/visit.h"
#include "model/history.h"
#include "model/outcome.h"

/// What the operator is told of the source: once when it begins, until it ends.
namespace agreementd::daemon {

/// Of a URL: kind is the outcome's name, subject the URL. The text is what happened (`detail`) and
/// what to do about it.
Notice source_notice(const std::string& url, Outcome outcome, const std::string& detail);

/// The page links no such list: kind `link_missing`, subject the list.
Notice list_missing(List list, const std::string& page);

/// Opens what is wrong now and was not, closes what is not wrong any more. Where the page could not
/// be had nothing is known of what it links: those notices stay as they are. Answers what it
/// opened.
std::vector<Notice> update_source_notices(storage::Consequences& consequences, const Visit& visit,
                                          Instant now);

}  // namespace agreementd::daemon
