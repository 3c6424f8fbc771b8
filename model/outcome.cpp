#include "model/outcome.h"

#include "model/names.h"

namespace agreementd {
namespace {

constexpr Names<Outcome, outcome_count> outcome_names{
    {"ok",           "not_modified",       "stale_link",    "blocked",      "robots",
     "host_refused", "not_found",          "not_yet_there", "link_missing", "empty",
     "truncated",    "too_large",          "wrong_type",    "unreadable",   "tls_failure",
     "dns_failure",  "connection_failure", "timeout",       "server_error", "client_error"}};

}  // namespace

std::string_view to_string(Outcome outcome) { return outcome_names.of(outcome); }
std::optional<Outcome> parse_outcome(std::string_view text) { return outcome_names.find(text); }

}  // namespace agreementd
