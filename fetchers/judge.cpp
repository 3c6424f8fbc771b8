#include "fetchers/judge.h"

#include <fmt/format.h>

namespace agreementd::fetchers {
namespace {

Judgement judge_success(const Exchange& exchange, const std::string& host) {
  if (exchange.body.find_first_not_of(" \t\r\n\f\v") == std::string::npos)
    return {Outcome::empty, fmt::format("{} answered without a body", host)};
  return {Outcome::ok, {}};
}

Judgement judge_status(int status, const std::string& host, bool conditional) {
  switch (status) {
    case 206:
      return {Outcome::truncated, fmt::format("{} sent a part that nobody asked for (206)", host)};
    case 304:
      if (conditional) return {Outcome::not_modified, {}};
      return {Outcome::client_error,
              fmt::format("{} says not modified (304), though it was not asked for changes", host)};
    case 401:
    case 403:
    case 451:
      return {Outcome::blocked, fmt::format("{} refuses us ({}): see whether a browser on this "
                                            "machine gets the page",
                                            host, status)};
    case 404:
    case 410:
      return {Outcome::not_found, fmt::format("{} has nothing at this address ({})", host, status)};
    case 429:
      return {Outcome::server_error, fmt::format("{} asks us to slow down (429)", host)};
    case 408:
    case 425:
      return {Outcome::server_error, fmt::format("{} wants to be asked again ({})", host, status)};
    default:
      break;
  }
  if (status >= 500 && status <= 599)
    return {Outcome::server_error, fmt::format("{} is in trouble ({})", host, status)};
  if (status >= 300 && status <= 399)
    return {Outcome::client_error,
            fmt::format("{} redirects without saying where ({})", host, status)};
  return {Outcome::client_error,
          fmt::format("{} answered {}, which is neither a page nor a file", host, status)};
}

}  // namespace

Judgement judge_fault(Fault fault, const std::string& text, const std::string& host) {
  switch (fault) {
    case Fault::dns:
      return {Outcome::dns_failure,
              fmt::format("{}: check the host's name and this machine's name server", text)};
    case Fault::tls:
      return {Outcome::tls_failure,
              fmt::format("no trusted connection to {}: {}: check this machine's clock and its "
                          "certificate authorities",
                          host, text)};
    case Fault::timeout:
      return {Outcome::timeout, fmt::format("{} did not answer in time: {}", host, text)};
    case Fault::too_large:
      return {Outcome::too_large,
              fmt::format("{} sends more than a list can have: {}", host, text)};
    case Fault::broken:
      return {Outcome::truncated, fmt::format("what {} sent broke off: {}", host, text)};
    case Fault::connection:
    case Fault::none:
      break;
  }
  return {Outcome::connection_failure, fmt::format("no answer from {}: {}", host, text)};
}

Judgement judge(const Exchange& exchange, const std::string& host, bool conditional) {
  if (exchange.status != 0 && exchange.status != 200)
    return judge_status(exchange.status, host, conditional);
  if (exchange.fault != Fault::none || exchange.status == 0)
    return judge_fault(exchange.fault, exchange.fault_text, host);
  return judge_success(exchange, host);
}

bool may_pass(Outcome outcome) {
  return outcome == Outcome::timeout || outcome == Outcome::truncated ||
         outcome == Outcome::dns_failure || outcome == Outcome::connection_failure ||
         outcome == Outcome::server_error;
}

}  // namespace agreementd::fetchers
