#include "fetchers/session.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <poll.h>

#include "fetchers/fault.h"
#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

constexpr const char* accept =
    "Accept: text/html,application/xhtml+xml,"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,*/*;q=0.8";
constexpr std::size_t largest_head = 256U << 10U;  // of all header lines together, bytes

struct Close {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct CloseMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using Multi = std::unique_ptr<CURLM, CloseMulti>;
using Easy = std::unique_ptr<CURL, Close>;
using List = std::unique_ptr<curl_slist, Close>;

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

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl does not start");
}

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code == CURLE_OK) return;
  throw std::runtime_error(fmt::format("this libcurl ({}) cannot do what is needed: option {}: {}",
                                       curl_version(), static_cast<int>(option),
                                       curl_easy_strerror(code)));
}

/// What is the same for every exchange.
void configure(CURL* easy, const Settings& settings) {
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_ACCEPT_ENCODING, "");  // all that this libcurl can decompress
  // A name server that does not answer must not hold up the one who cancels.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
  set(easy, CURLOPT_LOW_SPEED_LIMIT, settings.low_speed_bytes);
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.low_speed_time.count()));
  set(easy, CURLOPT_USERAGENT, settings.user_agent.c_str());
  set(easy, CURLOPT_WRITEFUNCTION, &take_body);
  set(easy, CURLOPT_HEADERFUNCTION, &count_head);
  if (settings.ca_file.empty()) return;
  set(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

bool add(List& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return false;
  if (!list) list.reset(longer);
  return true;
}

/// A validator goes back as it came; one that would end the line early does not.
bool can_be_sent(const std::string& value) {
  return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
    return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F';
  });
}

List headers_of(const Ask& ask) {
  List list;
  add(list, accept);
  add(list, "Accept-Language: en-US,en;q=0.9");
  if (can_be_sent(ask.if_none_match)) add(list, "If-None-Match: " + ask.if_none_match);
  if (can_be_sent(ask.if_modified_since)) add(list, "If-Modified-Since: " + ask.if_modified_since);
  return list;
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

  CURLcode finish(const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_); });
    for (;;) {
      if (stop.stop_requested()) throw Cancelled{};
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
    multi.reset(curl_multi_init());  // the connections are its
  }

  Multi multi;
  Easy easy;                             // goes before `multi` does
  curl_socket_t kept = CURL_SOCKET_BAD;  // of the last exchange
  std::array<char, CURL_ERROR_SIZE> error{};
};

Session::Session(const Settings& settings) {
  start_curl();
  handles_ = std::make_unique<Handles>();
  handles_->multi.reset(curl_multi_init());
  handles_->easy.reset(curl_easy_init());
  if (!handles_->multi || !handles_->easy) throw std::runtime_error("libcurl has no memory");
  configure(handles_->easy.get(), settings);
  set(handles_->easy.get(), CURLOPT_ERRORBUFFER, handles_->error.data());
}

Session::~Session() = default;

Exchange Session::exchange(const Ask& ask, const std::stop_token& stop) {
  CURL* easy = handles_->easy.get();
  const List headers = headers_of(ask);
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
  const CURLcode code = running.finish(stop);
  handles_->kept = running.kept();

  Exchange came;
  const long status = info(easy, CURLINFO_RESPONSE_CODE);
  came.status = status < 200 ? 0 : static_cast<int>(status);
  came.fault = fault_of(code, came.status != 0);
  came.fault_text =
      one_line(handles_->error[0] != '\0' ? handles_->error.data() : curl_easy_strerror(code));
  if (body.full) came.fault = ask.beginning_will_do ? Fault::none : Fault::too_large;
  if (head.size > head.limit) came.fault = Fault::too_large;
  came.body = std::move(body.bytes);
  came.etag = header(easy, "ETag");
  came.last_modified = header(easy, "Last-Modified");
  came.content_disposition = header(easy, "Content-Disposition");
  came.location = header(easy, "Location");
  came.retry_after = header(easy, "Retry-After");
  return came;
}

}  // namespace agreementd::fetchers
