#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/message.h"

/// What people read, the same in every format. All texts here are plain (`alerts/plain_text.h`) and
/// of one line; escaping is for the format. Dates are ISO; times are UTC.
namespace agreementd::alerts {

/// One thing told: a line to read at a glance, and what there is to know about it.
struct Words {
  std::string headline;              ///< at most 600 characters
  std::vector<std::string> details;  ///< a line each, at most 600 characters
  std::string moa_url;               ///< of the document; empty: none, or no link can be made of it
};

/// What is told with one message.
struct Telling {
  std::string id;       ///< `message_id`
  std::string subject;  ///< one line about all of it; of one item its headline
  std::vector<Words> parts;
};
Telling telling(const Message& message);
Telling telling(const NoticeMessage& message);
Telling telling(const Sample& sample);

/// `task force model` for `TFM`, likewise JEM, WSO, TTFM; others as printed.
std::string model_words(std::string_view model);

/// `Bee County Sheriff's Office (TX, task force model, signed 2025-03-01)`.
std::string agreement_name(const Change& change);

/// `New: Bee County Sheriff's Office, TX: task force model, signed 2025-03-01 (was pending)`;
/// `Renewed`, `Switched`, `Ended`, `Changed: …: agency A → B; MOA pending → A.pdf`, `Back`, `Taken
/// back`; of the pending list `Applied`, `Left the pending list` (an application never ends),
/// `Application changed`, `Back on the pending list`. The details say which list showed it, the
/// links that changed, the evidence, the entry.
Words words_of(const Item& item);

}  // namespace agreementd::alerts
