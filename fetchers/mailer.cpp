#include "fetchers/mailer.h"

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "fetchers/address_gate.h"
#include "fetchers/connections.h"
#include "fetchers/curl_handle.h"
#include "fetchers/fetcher.h"
#include "fetchers/mail_judge.h"
#include "fetchers/text.h"
#include "fetchers/url.h"

namespace agreementd::fetchers {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The message, as much of it as is not sent yet.
struct Outgoing {
  const std::string& message;
  std::size_t sent = 0;
  bool began = false;
};

std::size_t give(char* to, std::size_t, std::size_t size, void* from) noexcept {
  auto& outgoing = *static_cast<Outgoing*>(from);
  outgoing.began = true;
  const std::size_t count = outgoing.message.copy(to, size, outgoing.sent);
  outgoing.sent += count;
  return count;
}

/// What the server says, a line at a time: the last reply that says no (RFC 5321, 4.2.1), else the
/// last; the one to our leave, 221, is none.
struct Replies {
  std::string answer;
  std::string lines;

  void add(std::string_view line) {
    lines.append(line.substr(0, most - std::min(most, lines.size())));
    const bool goes_on = line.size() > 3 && line[3] == '-';
    if (goes_on) return;
    const bool says_no = lines.starts_with('4') || lines.starts_with('5');
    const bool said_no = answer.starts_with('4') || answer.starts_with('5');
    if (says_no || (!said_no && !lines.starts_with("221"))) answer = lines;
    lines.clear();
  }
  static constexpr std::size_t most = 4096;
};

std::size_t hear(const char* line, std::size_t, std::size_t size, void* to) noexcept {
  try {
    static_cast<Replies*>(to)->add({line, size});
  } catch (const std::bad_alloc&) {
    return 0;  // what curl takes for an end
  }
  return size;
}

/// Where libcurl waits for the answer to the message, and to its leave, it does not come back to us
/// but asks once a second whether to go on.
struct Patience {
  const std::stop_token& stop;
  const std::function<void()>& alive;
  steady_clock::time_point end;
};

int ask_whether_to_go_on(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  const auto& patience = *static_cast<const Patience*>(data);
  patience.alive();
  return patience.stop.stop_requested() || steady_clock::now() > patience.end ? 1 : 0;
}

Easy make_mailing(const MailSettings& settings) {
  Easy owner = make_easy(settings.ca_file, settings.connect_timeout);
  CURL* easy = owner.get();
  const bool local = is_loopback(settings.url);
  set_option(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set_option(easy, CURLOPT_USE_SSL, static_cast<long>(local ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  set_option(easy, CURLOPT_PROXY, "");
  set_option(easy, CURLOPT_FORBID_REUSE, 1L);
  set_option(easy, CURLOPT_UPLOAD, 1L);
  set_option(easy, CURLOPT_NOPROGRESS, 0L);
  set_option(easy, CURLOPT_READFUNCTION, &give);
  // Of SMTP these are the server's replies.
  set_option(easy, CURLOPT_HEADERFUNCTION, &hear);
  set_option(easy, CURLOPT_XFERINFOFUNCTION, &ask_whether_to_go_on);
  if (settings.user.empty()) return owner;
  set_option(easy, CURLOPT_USERNAME, settings.user.c_str());
  set_option(easy, CURLOPT_PASSWORD, settings.password.c_str());
  return owner;
}

Mailed refusal(std::string detail) {
  Mailed mailed;
  mailed.delivery = Delivery::refused;
  mailed.detail = std::move(detail);
  return mailed;
}

}  // namespace

struct Mailer::State {
  State(MailSettings settings_given, std::function<void()> alive_given)
      : settings(std::move(settings_given)), alive(std::move(alive_given)) {
    set_option(easy.get(), CURLOPT_ERRORBUFFER, error.data());
  }

  MailExchange exchange(const Url& url, const Mail& mail, const std::stop_token& stop);

  MailSettings settings;
  std::function<void()> alive;
  ErrorText error{};
  Replies replies;
  Connections connections;
  Easy easy = make_mailing(settings);  // goes before the connections do
};

MailExchange Mailer::State::exchange(const Url& url, const Mail& mail,
                                     const std::stop_token& stop) {
  CURL* curl = easy.get();
  Lines recipients;
  for (const std::string& recipient : mail.recipients) add(recipients, recipient);
  Outgoing outgoing{mail.message};
  replies = {};
  Patience patience{stop, alive, steady_clock::now() + settings.timeout};
  // What goes to this machine in the clear must not leave it, whatever its name is said to mean.
  const bool local = is_loopback(url.text);
  AddressGate gate{local, !local};
  curl_easy_setopt(curl, CURLOPT_URL, url.text.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, mail.sender.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.message.size()));
  curl_easy_setopt(curl, CURLOPT_READDATA, &outgoing);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &replies);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &patience);
  limit_time(curl, settings.timeout);
  pass_through(curl, gate);
  error[0] = '\0';
  CURLcode code = connections.run(curl, stop, alive);
  if (code == CURLE_ABORTED_BY_CALLBACK) {
    if (stop.stop_requested()) throw Cancelled{};
    code = CURLE_OPERATION_TIMEDOUT;
  }
  return {code, text_of(code, error), status_of(curl), outgoing.began, std::move(replies.answer)};
}

Mailer::Mailer(MailSettings settings, std::function<void()> alive)
    : state_(std::make_unique<State>(std::move(settings), std::move(alive))) {}
Mailer::~Mailer() = default;
Mailer::Mailer(Mailer&&) noexcept = default;
Mailer& Mailer::operator=(Mailer&&) noexcept = default;

std::optional<std::string> fault_of_mail_server(const std::string& url) {
  const auto parsed = parse_url(url);
  if (!parsed) return "the mail server's address is no URL: write smtps://HOST or smtp://HOST";
  if (parsed->with_login)
    return "the mail server's address holds a user name or password: write it without";
  if (parsed->scheme != "smtp" && parsed->scheme != "smtps")
    return fmt::format("the mail server's address begins with {}: smtps and smtp are spoken",
                       one_line(parsed->scheme));
  if (!parsed->target.empty() && parsed->target != "/")
    return "the mail server's address goes on after the host: write smtps://HOST or smtp://HOST";
  return std::nullopt;
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): a stop token is made to be copied
Mailed Mailer::send(const Mail& mail, std::stop_token stop) {
  const auto started = steady_clock::now();
  if (auto fault = fault_of_mail_server(state_->settings.url)) return refusal(*fault);
  if (auto fault = fault_of(mail)) return refusal(*fault);
  const Url url = *parse_url(state_->settings.url);
  Mailed mailed = judge_mail(state_->exchange(url, mail, stop), one_line(url.host));
  mailed.duration = std::chrono::duration_cast<milliseconds>(steady_clock::now() - started);
  return mailed;
}

}  // namespace agreementd::fetchers
