#include "fetchers/asker.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "fetchers/file_name.h"
#include "fetchers/judge.h"
#include "fetchers/pause.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool is_redirect(const Exchange& exchange) {
  const int status = exchange.status;
  return exchange.fault == Fault::none && !exchange.location.empty() &&
         (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
}

Answer failure(Outcome outcome, std::string detail) {
  Answer answer;
  answer.outcome = outcome;
  answer.detail = std::move(detail);
  return answer;
}

std::string name_of(const Exchange& exchange, const Url& url) {
  std::string name = file_name_of_disposition(exchange.content_disposition);
  return name.empty() ? file_name_of_path(url.path) : name;
}

Answer answer_of(Exchange exchange, const Url& url, bool conditional, Instant now) {
  const Judgement judgement = judge(exchange, one_line(url.host), conditional);
  Answer answer = failure(judgement.outcome, judgement.detail);
  answer.url = url.text;
  if (exchange.status == 0) return answer;
  answer.http_status = exchange.status;
  answer.file_name = name_of(exchange, url);
  answer.modified_at = read_http_date(exchange.last_modified);
  answer.etag = std::move(exchange.etag);
  answer.last_modified = std::move(exchange.last_modified);
  if (answer.outcome != Outcome::ok)
    answer.retry_after = read_retry_after(exchange.retry_after, now);
  answer.bytes = std::move(exchange.body);
  return answer;
}

/// Why a redirect is not followed; nothing: it is.
std::optional<Judgement> fault_of_hop(const Url& first, const Url& from,
                                      const std::optional<Url>& to, int redirects,
                                      const Manner& manner, const Settings& settings) {
  if (redirects >= manner.redirects)
    return Judgement{Outcome::client_error, fmt::format("{} redirects more than {} times in a row",
                                                        one_line(from.host), manner.redirects)};
  if (!to) return Judgement{Outcome::host_refused, "redirected to what is no URL"};
  const auto fault = fault_of_redirect(first, from, *to, settings.allowed_hosts);
  if (fault) return Judgement{Outcome::host_refused, *fault};
  return std::nullopt;
}

}  // namespace

struct Asker::Attempt {
  Answer answer;
  bool again = false;  // asking again may help
};

Asker::Asker(const Settings& settings, const Effects& effects, Session& session)
    : settings_(settings), effects_(effects), session_(session) {}

Answer Asker::ask(const Request& request, const Manner& manner, const Gate& gate,
                  const std::stop_token& stop) {
  for (int attempts = 1;; ++attempts) {
    Attempt made = attempt(request, manner, gate, stop);
    if (!made.again || attempts >= settings_.attempts) return std::move(made.answer);
    milliseconds pause = backoff(attempts, settings_, effects_.random());
    if (made.answer.retry_after) pause = *made.answer.retry_after;
    if (pause > settings_.longest_pause) return std::move(made.answer);
    if (!effects_.wait(pause, stop)) throw Cancelled{};
  }
}

Asker::Attempt Asker::attempt(const Request& request, const Manner& manner, const Gate& gate,
                              const std::stop_token& stop) {
  const auto first = parse_url(request.url);
  if (!first) return {failure(Outcome::host_refused, "the address is no URL")};
  if (const auto fault = fault_of(*first)) return {failure(Outcome::host_refused, *fault)};

  Url url = *first;
  milliseconds left = settings_.timeout;
  Request asked = request;
  for (int redirects = 0;; ++redirects) {
    const bool conditional = !asked.if_none_match.empty() || !asked.if_modified_since.empty();
    if (auto against = gate(url)) return {std::move(*against)};
    const auto started = steady_clock::now();
    Exchange came = session_.exchange({url.text, asked.if_none_match, asked.if_modified_since, left,
                                       manner.largest_body, manner.beginning_will_do},
                                      stop);
    left -= std::chrono::duration_cast<milliseconds>(steady_clock::now() - started);
    if (!is_redirect(came)) {
      Answer answer = answer_of(std::move(came), url, conditional, effects_.clock.now());
      const bool again = may_pass(answer.outcome);
      return {std::move(answer), again};
    }
    const auto next = parse_url(url.text, came.location);
    if (const auto fault = fault_of_hop(*first, url, next, redirects, manner, settings_)) {
      Answer answer = failure(fault->outcome, fault->detail);
      answer.url = url.text;
      answer.http_status = came.status;
      return {std::move(answer)};
    }
    url = *next;
    asked = {};  // the validators are those of another document
  }
}

}  // namespace agreementd::fetchers
