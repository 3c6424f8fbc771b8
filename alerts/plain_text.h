#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text from outside (agency names, file names, evidence) on its way into a message.
namespace agreementd::alerts {

/// `text` in one line of valid UTF-8 that cannot mislead its reader: control characters (C0, C1,
/// line ends) and white space of any kind are one space each run, none at the ends; characters that
/// are invisible or change the direction of what follows are left out; a byte that is no UTF-8 is
/// U+FFFD. It is *not* escaped for HTML, mrkdwn or anything else.
std::string plain_text(std::string_view text);

/// `text`, or its beginning and `…` where it has more than `most` (at least 1) characters.
std::string shortened(std::string_view text, std::size_t most);

/// Whether `url` may be made a link: http or https, printable ASCII without white space, quotes,
/// `<`, `>`, `|`, `\`, `^`, backtick, `{`, `}`, with a host, at most 2,000 characters.
bool is_linkable(std::string_view url);

}  // namespace agreementd::alerts
