#pragma once

#include <string>
#include <string_view>

#include "model/time.h"

/// How an e-mail's parts are written (RFC 5322, 2045, 2047): ASCII, lines of at most 76 characters
/// that end in CRLF.
namespace agreementd::alerts {

/// `Tue, 18 Mar 2025 21:00:00 +0000` (RFC 5322, 3.3).
std::string mail_date(Instant instant);

/// A header's field with its end, folded where it is long. `text` is UTF-8 and of one line
/// (`plain_text`); encoded (RFC 2047) where it is not short printable ASCII. `name` has 10
/// characters at most.
std::string text_header(std::string_view name, std::string_view text);

/// `text`, UTF-8 with lines that end in `\n`, as quoted-printable (RFC 2045, 6.7). No line of it
/// begins with a full stop or holds `=_`, so it can neither end a message nor hold a boundary.
std::string quoted_printable(std::string_view text);

/// `text` in HTML, as content or in a quoted attribute.
std::string html_escaped(std::string_view text);

}  // namespace agreementd::alerts
