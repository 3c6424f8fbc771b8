#pragma once

#include <optional>
#include <string>

#include <curl/curl.h>

#include "fetchers/mailer.h"

namespace agreementd::fetchers {

/// How handing over a mail went.
struct MailExchange {
  CURLcode code = CURLE_OK;
  std::string text;            ///< of a failure, in curl's words
  int reply = 0;               ///< the last that came; 0: none
  bool began_to_send = false;  ///< the message itself
  std::string answer = {};     ///< the last reply that says no, else the last, but to our leave
};

/// `duration` is the caller's. `host`: who was asked, for the detail.
Mailed judge_mail(const MailExchange& exchange, const std::string& host);

/// Why a mail cannot be sent at all, in words; nothing: it can.
std::optional<std::string> fault_of(const Mail& mail);

}  // namespace agreementd::fetchers
