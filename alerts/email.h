#pragma once

#include <string>
#include <vector>

#include "alerts/email_address.h"
#include "alerts/words.h"
#include "model/time.h"

namespace agreementd::alerts {

struct EmailAddresses {
  EmailAddress from;
  std::vector<EmailAddress> to;  ///< not empty; all of them see each other
  ListId list_id;
};

/// The whole e-mail (RFC 5322; multipart/alternative of text and HTML, RFC 2046): ASCII, CRLF,
/// lines of at most 76 characters but for addresses and identifiers that are longer, 998 at most.
///
/// `date` is when the message was made: the same however often it is sent, so that copies are
/// equal. The Message-ID is the telling's id at the host of `from`. It is marked as no person's
/// mail (Auto-Submitted, RFC 3834). The subject begins with `[287(g)]`. Nothing a list says can add
/// a header, leave its part or be HTML.
std::string email_text(const Telling& telling, const EmailAddresses& addresses, Instant date);

}  // namespace agreementd::alerts
