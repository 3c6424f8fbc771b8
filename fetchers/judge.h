#pragma once

#include <string>

#include "fetchers/session.h"
#include "model/outcome.h"

namespace agreementd::fetchers {

/// What an exchange comes to, and in words what to do about it where it failed.
struct Judgement {
  Outcome outcome = Outcome::ok;
  std::string detail;
};

/// `host`: who was asked, for the detail. `conditional`: a validator was sent. A status that says
/// no decides, whatever became of its body.
Judgement judge(const Exchange& exchange, const std::string& host, bool conditional);

/// What an exchange without an answer, or with one that broke off, comes to. `text`: curl's words.
Judgement judge_fault(Fault fault, const std::string& text, const std::string& host);

/// Whether it may come to something else when asked again soon.
bool may_pass(Outcome outcome);

}  // namespace agreementd::fetchers
