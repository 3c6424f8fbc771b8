#include "fetchers/poster.h"

#include <algorithm>

#include <fmt/format.h>

#include "fetchers/address.h"
#include "fetchers/address_gate.h"
#include "fetchers/connections.h"
#include "fetchers/curl_handle.h"
#include "fetchers/fault.h"
#include "fetchers/fetcher.h"
#include "fetchers/intake.h"
#include "fetchers/pause.h"
#include "fetchers/post_headers.h"
#include "fetchers/post_judge.h"
#include "fetchers/proxy.h"
#include "fetchers/text.h"
#include "fetchers/url.h"

namespace agreementd::fetchers {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t largest_read = 1U << 20U;  // of an answer, bytes

Easy make_posting(const PostSettings& settings) {
  Easy easy = make_easy(settings.ca_file, settings.connect_timeout);
  speak_http(easy.get(), settings.user_agent);
  set_option(easy.get(), CURLOPT_POST, 1L);
  set_option(easy.get(), CURLOPT_NOPROXY, "");  // what is set as the proxy is the proxy
  return easy;
}

/// Why an address that the URL holds itself is not connected to.
std::optional<std::string> fault_of_address(const Url& url, bool private_addresses) {
  const auto zone = zone_of(url.host);
  const AddressGate gate{is_loopback(url.text), private_addresses};
  if (!zone || gate.lets_through(*zone)) return std::nullopt;
  return fmt::format(
      "{} is an address that is not the Internet's: it is posted to only where "
      "private addresses are allowed",
      one_line(url.host));
}

std::optional<std::string> fault_of_target(const std::optional<Url>& url, bool private_addresses) {
  if (!url) return "the address is no URL";
  if (auto fault = fault_of(*url)) return fault;
  return fault_of_address(*url, private_addresses);
}

/// Only what the other side refuses is refused for good: what we do not send may be sent later.
Posted unsent(std::string detail) {
  Posted posted;
  posted.delivery = Delivery::failed;
  posted.detail = std::move(detail);
  return posted;
}

}  // namespace

struct Poster::State {
  State(PostSettings settings_given, const Clock& clock_given, std::function<void()> alive_given)
      : settings(std::move(settings_given)), clock(clock_given), alive(std::move(alive_given)) {
    set_option(easy.get(), CURLOPT_ERRORBUFFER, error.data());
  }

  Posted exchange(const Url& url, const Post& post, const std::stop_token& stop);

  PostSettings settings;
  const Clock& clock;
  std::function<void()> alive;
  ErrorText error{};
  Connections connections;
  Easy easy = make_posting(settings);  // goes before the connections do
};

Posted Poster::State::exchange(const Url& url, const Post& post, const std::stop_token& stop) {
  CURL* curl = easy.get();
  const std::string proxy = proxy_for(url);
  const bool local = is_loopback(url.text);
  AddressGate gate{local, settings.private_addresses || !proxy.empty()};
  const Lines headers = header_lines(post);
  Intake body{{}, std::max(largest_read, settings.largest_answer)};
  Head head;
  curl_easy_setopt(curl, CURLOPT_URL, url.text.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, proxy.c_str());  // empty: none
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.data());
  limit_time(curl, settings.timeout);
  pass_through(curl, gate);
  take_body(curl, body);
  count_head(curl, head);
  error[0] = '\0';
  const CURLcode code = connections.run(curl, stop, alive);

  Posted posted;
  const int status = status_of(curl);
  const bool enough = body.full || code == CURLE_OK;  // more than we read is none of our business
  const bool cut_off = code == CURLE_OK && status != 0 && !head.ended;
  const Fault fault = cut_off ? Fault::broken : enough ? Fault::none : fault_of(code, status != 0);
  const bool kept_out = status == 0 && gate.refused > 0 && gate.opened == 0;
  const std::string text = head.too_large() ? "headers without end"
                           : cut_off        ? cut_off_head
                                            : text_of(code, error);
  const PostJudgement judgement =
      kept_out ? judge_kept_out(url) : judge_post(status, fault, text, url);
  posted.delivery = judgement.delivery;
  posted.detail = judgement.detail;
  if (status != 0) posted.status = status;
  if (posted.delivery != Delivery::delivered)
    posted.retry_after = read_retry_after(header_of(curl, "Retry-After"), clock.now());
  posted.beginning = body.bytes.substr(0, settings.largest_answer);
  return posted;
}

Poster::Poster(PostSettings settings, const Clock& clock, std::function<void()> alive)
    : state_(std::make_unique<State>(std::move(settings), clock, std::move(alive))) {}
Poster::~Poster() = default;
Poster::Poster(Poster&&) noexcept = default;
Poster& Poster::operator=(Poster&&) noexcept = default;

std::optional<std::string> fault_of_hook(const std::string& url, bool private_addresses) {
  return fault_of_target(parse_url(url), private_addresses);
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): a stop token is made to be copied
Posted Poster::post(const Post& post, std::stop_token stop) {
  const auto started = steady_clock::now();
  const auto url = parse_url(post.url);
  if (auto fault = fault_of_target(url, state_->settings.private_addresses)) return unsent(*fault);
  if (auto fault = fault_of_headers(post)) return unsent(*fault);
  Posted posted = state_->exchange(*url, post, stop);
  posted.duration =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - started);
  return posted;
}

}  // namespace agreementd::fetchers
