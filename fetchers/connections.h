#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include <curl/curl.h>

#include "fetchers/curl_handle.h"

namespace agreementd::fetchers {

/// Exchanges, one after the other, over connections that are kept between them. One thread.
class Connections {
 public:
  /// Throws std::runtime_error where this libcurl does not start.
  Connections() = default;

  /// Does what `easy` is set to, and says what became of it. `alive` is called at least every
  /// second. Throws `Cancelled` as soon as `stop` is requested. `easy` is free again at the end.
  CURLcode run(CURL* easy, const std::stop_token& stop, const std::function<void()>& alive);

 private:
  void drop_unclean();

  Multi multi_ = make_multi();
  std::vector<curl_socket_t> kept_;
};

}  // namespace agreementd::fetchers
