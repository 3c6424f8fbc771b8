#include "fetchers/session.h"

#include <algorithm>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "fetchers/connections.h"
#include "fetchers/curl_handle.h"
#include "fetchers/fault.h"
#include "fetchers/intake.h"

namespace agreementd::fetchers {
namespace {

constexpr const char* accept =
    "Accept: text/html,application/xhtml+xml,"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,*/*;q=0.8";

/// A validator goes back as it came; one that would end the line early does not.
bool can_be_sent(const std::string& value) {
  return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
    return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F';
  });
}

Lines headers_of(const Ask& ask) {
  Lines lines;
  add(lines, accept);
  add(lines, "Accept-Language: en-US,en;q=0.9");
  if (can_be_sent(ask.if_none_match)) add(lines, "If-None-Match: " + ask.if_none_match);
  if (can_be_sent(ask.if_modified_since)) add(lines, "If-Modified-Since: " + ask.if_modified_since);
  return lines;
}

/// Of an answer all but the body.
Exchange read_answer(CURL* easy) {
  Exchange came;
  came.status = status_of(easy);
  came.etag = header_of(easy, "ETag");
  came.last_modified = header_of(easy, "Last-Modified");
  came.content_disposition = header_of(easy, "Content-Disposition");
  came.location = header_of(easy, "Location");
  came.retry_after = header_of(easy, "Retry-After");
  return came;
}

Easy make_fetching(const Settings& settings) {
  Easy easy = make_easy(settings.ca_file, settings.connect_timeout);
  speak_http(easy.get(), settings.user_agent);
  set_option(easy.get(), CURLOPT_ACCEPT_ENCODING, "");  // all that this libcurl can decompress
  set_option(easy.get(), CURLOPT_LOW_SPEED_LIMIT, settings.low_speed_bytes);
  set_option(easy.get(), CURLOPT_LOW_SPEED_TIME,
             static_cast<long>(settings.low_speed_time.count()));
  return easy;
}

}  // namespace

struct Session::Handles {
  Connections connections;
  Easy easy;  // goes before the connections do
  ErrorText error{};
};

Session::Session(const Settings& settings, std::function<void()> alive)
    : handles_(std::make_unique<Handles>(Handles{{}, make_fetching(settings)})),
      alive_(std::move(alive)) {
  set_option(handles_->easy.get(), CURLOPT_ERRORBUFFER, handles_->error.data());
}

Session::~Session() = default;

Exchange Session::exchange(const Ask& ask, const std::stop_token& stop) {
  CURL* easy = handles_->easy.get();
  const Lines headers = headers_of(ask);
  Intake body{{}, ask.largest_body};
  Head head;
  const std::size_t largest_announced = ask.beginning_will_do ? 0 : ask.largest_body;  // 0: any
  curl_easy_setopt(easy, CURLOPT_URL, ask.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(largest_announced));
  limit_time(easy, ask.timeout);
  take_body(easy, body);
  count_head(easy, head);
  handles_->error[0] = '\0';
  const CURLcode code = handles_->connections.run(easy, stop, alive_);

  Exchange came = read_answer(easy);
  came.fault = fault_of(code, came.status != 0);
  if (body.full) came.fault = ask.beginning_will_do ? Fault::none : Fault::too_large;
  if (head.too_large()) came.fault = Fault::too_large;
  const bool cut_off = code == CURLE_OK && came.status != 0 && !head.ended;
  if (cut_off) came.fault = Fault::broken;
  const bool body_too_large = body.full || code == CURLE_FILESIZE_EXCEEDED;
  if (came.fault == Fault::too_large)
    came.fault_text = body_too_large ? fmt::format("more than {} bytes", ask.largest_body)
                                     : "headers without end";
  else if (came.fault != Fault::none)
    came.fault_text = cut_off ? cut_off_head : text_of(code, handles_->error);
  came.body = std::move(body.bytes);
  return came;
}

}  // namespace agreementd::fetchers
