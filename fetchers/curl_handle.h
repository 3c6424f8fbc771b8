#pragma once

#include <memory>
#include <stdexcept>

#include <curl/curl.h>
#include <fmt/format.h>

#include "fetchers/fetcher.h"

/// libcurl's handles, owned.
namespace agreementd::fetchers {

struct CloseHandle {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct CloseMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using Easy = std::unique_ptr<CURL, CloseHandle>;
using HeaderLines = std::unique_ptr<curl_slist, CloseHandle>;
using Multi = std::unique_ptr<CURLM, CloseMulti>;

/// Throws std::runtime_error where this libcurl does not know the option or the value.
template <typename Value>
void set_option(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code == CURLE_OK) return;
  throw std::runtime_error(fmt::format("this libcurl ({}) cannot do what is needed: option {}: {}",
                                       curl_version(), static_cast<int>(option),
                                       curl_easy_strerror(code)));
}

/// A handle with all that is the same for every exchange. Throws std::runtime_error.
Easy make_easy(const Settings& settings);
/// Where connections are kept. Throws std::runtime_error.
Multi make_multi();

}  // namespace agreementd::fetchers
