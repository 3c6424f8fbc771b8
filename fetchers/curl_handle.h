#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include <curl/curl.h>
#include <fmt/format.h>

/// libcurl's handles, owned, and what is the same for all that use them.
namespace agreementd::fetchers {

struct CloseHandle {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct CloseMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using Easy = std::unique_ptr<CURL, CloseHandle>;
using Lines = std::unique_ptr<curl_slist, CloseHandle>;
using Multi = std::unique_ptr<CURLM, CloseMulti>;
using ErrorText = std::array<char, CURL_ERROR_SIZE>;

/// Throws std::runtime_error where this libcurl does not know the option or the value.
template <typename Value>
void set_option(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code == CURLE_OK) return;
  throw std::runtime_error(fmt::format("this libcurl ({}) cannot do what is needed: option {}: {}",
                                       curl_version(), static_cast<int>(option),
                                       curl_easy_strerror(code)));
}

/// A handle with all that is the same for every protocol: TLS 1.2 or newer, trusting the
/// authorities in `ca_file` (PEM; empty: the system's). Throws std::runtime_error.
Easy make_easy(const std::string& ca_file, std::chrono::milliseconds connect_timeout);
/// The same for every exchange of HTTP: no redirects, HTTP/2 where the server can over TLS. Throws
/// std::runtime_error.
void speak_http(CURL* easy, const std::string& user_agent);
/// Where connections are kept. Throws std::runtime_error.
Multi make_multi();

/// Throws std::bad_alloc.
void add(Lines& lines, const std::string& line);

/// The whole time an exchange has, at least a millisecond: to curl 0 is for ever.
void limit_time(CURL* easy, std::chrono::milliseconds timeout);

/// A response header as it came; empty: absent.
std::string header_of(CURL* easy, const char* name);
/// The status or reply of the last answer; 0: there was none. Those below 200 announce an answer.
int status_of(CURL* easy);
/// What went wrong in curl's own words where they are to the point, in one line.
std::string text_of(CURLcode code, const ErrorText& words);

}  // namespace agreementd::fetchers
