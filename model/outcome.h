#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// What came of asking for a URL, by name. Kept with the fetch, told to the operator; the table of
/// them with what each means to the history is in docs/behaviours.md.
namespace agreementd {

enum class Outcome {
  ok,                  ///< bytes that are what was due: a list, or the page that links them
  not_modified,        ///< 304: what is stored is still what is served
  stale_link,          ///< a list stored before that is not the newest edition's: no sighting
  blocked,             ///< 401, 403 or 451, a challenge page, HTML where a workbook was due
  robots,              ///< not asked: robots.txt forbids it
  host_refused,        ///< not asked: a link or redirect to a host or scheme that is not allowed
  not_found,           ///< 404 or 410
  not_yet_there,       ///< the same, of a file that the page links: to be tried again soon
  link_missing,        ///< the page links no list and holds none
  empty,               ///< no byte came
  truncated,           ///< less came than was announced, or it cannot be decompressed
  too_large,           ///< more came than a list can have
  wrong_type,          ///< neither workbook nor HTML
  unreadable,          ///< a workbook or roster that cannot be read as a list
  tls_failure,         ///< no TLS connection, or a certificate that is not trusted
  dns_failure,         ///< the host's name has no address
  connection_failure,  ///< nobody answers, or the connection broke before an answer
  timeout,             ///< no connection, no answer or too little of it in time
  server_error,        ///< 408, 425, 429 or 5xx
  client_error,        ///< any other status
};
/// How many there are; the last is `client_error`.
constexpr std::size_t outcome_count = 20;
/// `ok`, `not_modified`, `stale_link` …: the names above.
std::string_view to_string(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view text);

}  // namespace agreementd
