#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/words.h"

/// Slack's incoming webhooks (docs.slack.dev, "Sending messages using incoming webhooks",
/// "Formatting message text").
namespace agreementd::alerts {

/// `text` so that mrkdwn shows it as it is: `&`, `<` and `>` as entities, so neither a link nor a
/// `<!channel>` is made of it. For what else mrkdwn reads there is no escape: `*`, `~`, backtick, a
/// `_` but in the middle of a word, the colon of `:name:` are written with characters that look
/// alike (∗ ∼ ˋ ˍ ∶), and `@` is followed by a word joiner (U+2060).
std::string slack_escaped(std::string_view text);

/// What to post, in this order: JSON objects with a `text` of at most 3,500 characters each (the
/// service cuts at 40,000). A headline is bold, with its details below it and a link to the MOA.
/// Several things told are split between them where that is possible, else between lines; where
/// there is more than one text each begins with `(1/3)`.
std::vector<std::string> slack_payloads(const Telling& telling);

}  // namespace agreementd::alerts
