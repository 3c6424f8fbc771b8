#include "fetchers/session.h"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <poll.h>

#include "fetchers/curl_handle.h"
#include "fetchers/fault.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

constexpr const char* accept =
    "Accept: text/html,application/xhtml+xml,"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,*/*;q=0.8";
constexpr std::size_t largest_head = 256U << 10U;  // of all header lines together, bytes

/// What is taken in, up to a limit.
struct Intake {
  std::string bytes;
  std::size_t limit = 0;
  bool full = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* to) noexcept {
  auto& body = *static_cast<Intake*>(to);
  const std::size_t taken = std::min(size, body.limit - body.bytes.size());
  body.bytes.append(data, taken);
  body.full = taken < size;
  return taken;  // less than came ends the exchange
}

/// What is counted, up to a limit.
struct Count {
  std::size_t limit = 0;
  std::size_t size = 0;
};

/// curl keeps the headers.
std::size_t count_head(char*, std::size_t, std::size_t size, void* to) noexcept {
  auto& head = *static_cast<Count*>(to);
  head.size += size;
  return head.size > head.limit ? 0 : size;
}

void add(HeaderLines& lines, const std::string& line) {
  curl_slist* longer = curl_slist_append(lines.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  if (!lines) lines.reset(longer);
}

/// A validator goes back as it came; one that would end the line early does not.
bool can_be_sent(const std::string& value) {
  return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
    return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F';
  });
}

HeaderLines headers_of(const Ask& ask) {
  HeaderLines lines;
  add(lines, accept);
  add(lines, "Accept-Language: en-US,en;q=0.9");
  if (can_be_sent(ask.if_none_match)) add(lines, "If-None-Match: " + ask.if_none_match);
  if (can_be_sent(ask.if_modified_since)) add(lines, "If-Modified-Since: " + ask.if_modified_since);
  return lines;
}

std::string header(CURL* easy, const char* name) {
  curl_header* found = nullptr;
  if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
  return found->value;
}

long info(CURL* easy, CURLINFO which) {
  long value = 0;
  curl_easy_getinfo(easy, which, &value);
  return value;
}

/// Of an answer all but the body.
Exchange read_answer(CURL* easy) {
  Exchange came;
  const long status = info(easy, CURLINFO_RESPONSE_CODE);
  came.status = status < 200 ? 0 : static_cast<int>(status);  // others announce an answer
  came.etag = header(easy, "ETag");
  came.last_modified = header(easy, "Last-Modified");
  came.content_disposition = header(easy, "Content-Disposition");
  came.location = header(easy, "Location");
  came.retry_after = header(easy, "Retry-After");
  return came;
}

/// curl's own words, where they are to the point.
std::string text_of(CURLcode code, const char* words) {
  // Its decoders say so of what they cannot read; and nothing of ours is written to a disk.
  if (code == CURLE_WRITE_ERROR) return "it cannot be decompressed";
  return one_line(*words != '\0' ? words : curl_easy_strerror(code));
}

/// An exchange under way; ended, finished or not, when it goes out of scope.
class Running {
 public:
  Running(CURLM* multi, CURL* easy) : multi_(multi), easy_(easy) {
    curl_multi_add_handle(multi_, easy_);
  }
  ~Running() { curl_multi_remove_handle(multi_, easy_); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// The connection it went over, where it is kept.
  [[nodiscard]] curl_socket_t kept() const {
    curl_socket_t socket = CURL_SOCKET_BAD;
    return curl_easy_getinfo(easy_, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? socket
                                                                                : CURL_SOCKET_BAD;
  }

  CURLcode finish(const std::stop_token& stop, const std::function<void()>& alive) {
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_); });
    for (;;) {
      if (stop.stop_requested()) throw Cancelled{};
      alive();
      int running = 0;
      CURLMcode code = curl_multi_perform(multi_, &running);
      if (code == CURLM_OK && running == 0) return result();
      if (code == CURLM_OK) code = curl_multi_poll(multi_, nullptr, 0, 1'000, nullptr);
      if (code != CURLM_OK) return CURLE_FAILED_INIT;
    }
  }

 private:
  CURLcode result() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left))
      if (message->msg == CURLMSG_DONE && message->easy_handle == easy_)
        return message->data.result;
    return CURLE_FAILED_INIT;
  }

  CURLM* multi_;
  CURL* easy_;
};

}  // namespace

struct Session::Handles {
  /// What comes after an answer that was longer than it said must not become the next answer.
  /// libcurl 7.88 takes a connection with such remains for a good one.
  void drop_unclean_connections() {
    pollfd last{kept, POLLIN, 0};
    if (std::exchange(kept, CURL_SOCKET_BAD) == CURL_SOCKET_BAD || ::poll(&last, 1, 0) == 0) return;
    multi = make_multi();  // the connections are its
  }

  Multi multi;
  Easy easy;                             // goes before `multi` does
  curl_socket_t kept = CURL_SOCKET_BAD;  // of the last exchange
  std::array<char, CURL_ERROR_SIZE> error{};
};

Session::Session(const Settings& settings, std::function<void()> alive)
    : handles_(std::make_unique<Handles>(Handles{make_multi(), make_easy(settings)})),
      alive_(std::move(alive)) {
  CURL* easy = handles_->easy.get();
  set_option(easy, CURLOPT_ERRORBUFFER, handles_->error.data());
  set_option(easy, CURLOPT_WRITEFUNCTION, &take_body);
  set_option(easy, CURLOPT_HEADERFUNCTION, &count_head);
}

Session::~Session() = default;

Exchange Session::exchange(const Ask& ask, const std::stop_token& stop) {
  CURL* easy = handles_->easy.get();
  const HeaderLines headers = headers_of(ask);
  Intake body{{}, ask.largest_body};
  Count head{largest_head};
  const std::size_t largest_announced = ask.beginning_will_do ? 0 : ask.largest_body;  // 0: any
  curl_easy_setopt(easy, CURLOPT_URL, ask.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(ask.timeout.count())));
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(largest_announced));
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &head);
  handles_->error[0] = '\0';
  handles_->drop_unclean_connections();
  Running running(handles_->multi.get(), easy);
  const CURLcode code = running.finish(stop, alive_);
  handles_->kept = running.kept();

  Exchange came = read_answer(easy);
  came.fault = fault_of(code, came.status != 0);
  if (body.full) came.fault = ask.beginning_will_do ? Fault::none : Fault::too_large;
  if (head.size > head.limit) came.fault = Fault::too_large;
  const bool body_too_large = body.full || code == CURLE_FILESIZE_EXCEEDED;
  if (came.fault == Fault::too_large)
    came.fault_text = body_too_large ? fmt::format("more than {} bytes", ask.largest_body)
                                     : "headers without end";
  else if (came.fault != Fault::none)
    came.fault_text = text_of(code, handles_->error.data());
  came.body = std::move(body.bytes);
  return came;
}

}  // namespace agreementd::fetchers
