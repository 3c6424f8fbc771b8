#pragma once

#include <string>

#include <gtest/gtest.h>

#include "fetchers/mailer.h"
#include "tests/fakes/mail_server.h"

namespace agreementd::fetchers {

inline Mail example_mail() {
  return {"alerts@example.org",
          {"analyst@example.org", "editor@example.com"},
          "From: alerts@example.org\r\nSubject: news\r\n\r\nhello\r\n"};
}

inline std::string smtp_url(const fakes::MailServer& server,
                            const std::string& host = "127.0.0.1") {
  return "smtp://" + host + ":" + std::to_string(server.port());
}

/// The name of what became of it, so that a failed comparison can be read.
inline std::string name(const Mailed& mailed) { return std::string(to_string(mailed.delivery)); }

}  // namespace agreementd::fetchers
