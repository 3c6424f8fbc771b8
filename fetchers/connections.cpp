#include "fetchers/connections.h"

#include <algorithm>

#include <poll.h>

#include "fetchers/fetcher.h"

namespace agreementd::fetchers {
namespace {

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

/// What comes after an answer that was longer than it said must not become the next answer.
/// libcurl 7.88 takes a connection with such remains for a good one.
void Connections::drop_unclean() {
  const bool unclean = std::any_of(kept_.begin(), kept_.end(), [](curl_socket_t socket) {
    pollfd watched{socket, POLLIN, 0};
    return ::poll(&watched, 1, 0) != 0;
  });
  if (!unclean) return;
  multi_ = make_multi();  // the connections are its
  kept_.clear();
}

CURLcode Connections::run(CURL* easy, const std::stop_token& stop,
                          const std::function<void()>& alive) {
  drop_unclean();
  Running running(multi_.get(), easy);
  const CURLcode code = running.finish(stop, alive);
  const curl_socket_t socket = running.kept();
  if (socket != CURL_SOCKET_BAD && std::find(kept_.begin(), kept_.end(), socket) == kept_.end())
    kept_.push_back(socket);
  return code;
}

}  // namespace agreementd::fetchers
