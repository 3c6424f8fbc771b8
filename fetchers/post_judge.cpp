#include "fetchers/post_judge.h"

#include <fmt/format.h>

#include "fetchers/judge.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

/// Scheme and host: the rest of a webhook's URL is a secret.
std::string name_of(const Url& url) {
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  const std::string host = one_line(url.host);
  return url.scheme + "://" + (is_ipv6 ? '[' + host + ']' : host);
}

std::string words_of_status(int status, const std::string& name) {
  if (status == 410) return fmt::format("{} says that this address is gone for good (410)", name);
  if (status == 429) return fmt::format("{} asks us to slow down (429)", name);
  if (status == 408 || status == 425)
    return fmt::format("{} wants to be asked again ({})", name, status);
  if (status >= 300 && status <= 399)
    return fmt::format("{} redirects ({}), which is not followed: write the address it leads to",
                       name, status);
  if (status >= 400 && status <= 499)
    return fmt::format("{} refuses it ({}): check the address and what it takes", name, status);
  if (status >= 500 && status <= 599) return fmt::format("{} is in trouble ({})", name, status);
  return fmt::format("{} answered {}, which means nothing to us", name, status);
}

}  // namespace

PostJudgement judge_post(int status, Fault fault, const std::string& fault_text, const Url& url) {
  const std::string name = name_of(url);
  if (status == 0) return {Delivery::failed, judge_fault(fault, fault_text, name).detail};
  const Delivery delivery = delivery_of_status(status);
  if (delivery != Delivery::delivered) return {delivery, words_of_status(status, name)};
  if (fault == Fault::none) return {delivery, {}};
  return {Delivery::failed, fmt::format("{} answered {} and then broke off: {}: whether it took it "
                                        "is not known",
                                        name, status, fault_text)};
}

PostJudgement judge_kept_out(const Url& url) {
  return {Delivery::failed,
          fmt::format("{} leads to an address that is not the Internet's: it is posted to only "
                      "where private addresses are allowed",
                      name_of(url))};
}

}  // namespace agreementd::fetchers
