#pragma once

#include <string>

#include "fetchers/delivery.h"
#include "fetchers/session.h"
#include "fetchers/url.h"

namespace agreementd::fetchers {

/// What a post comes to, and in words what to do about it where it was not delivered.
struct PostJudgement {
  Delivery delivery = Delivery::failed;
  std::string detail;
};

/// Of an exchange with `url`. `status` 0: no answer. A status that says no decides, whatever became
/// of its body; of one that says yes the body must have come.
PostJudgement judge_post(int status, Fault fault, const std::string& fault_text, const Url& url);

/// Where every address that the name has was refused.
PostJudgement judge_kept_out(const Url& url);

}  // namespace agreementd::fetchers
