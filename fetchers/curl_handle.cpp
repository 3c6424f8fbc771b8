#include "fetchers/curl_handle.h"

#include <algorithm>
#include <new>
#include <string_view>

#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl does not start");
}

}  // namespace

Easy make_easy(const std::string& ca_file, std::chrono::milliseconds connect_timeout) {
  start_curl();
  Easy owner(curl_easy_init());
  CURL* easy = owner.get();
  if (easy == nullptr) throw std::runtime_error("libcurl has no memory");
  set_option(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set_option(easy, CURLOPT_NOSIGNAL, 1L);
  set_option(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  // A name server that does not answer must not hold up the one who cancels.
  set_option(easy, CURLOPT_QUICK_EXIT, 1L);
  set_option(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_timeout.count()));
  if (ca_file.empty()) return owner;
  set_option(easy, CURLOPT_CAINFO, ca_file.c_str());
  set_option(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  return owner;
}

void speak_http(CURL* easy, const std::string& user_agent) {
  set_option(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set_option(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set_option(easy, CURLOPT_USERAGENT, one_line(user_agent).c_str());
}

Multi make_multi() {
  start_curl();
  Multi multi(curl_multi_init());
  if (!multi) throw std::runtime_error("libcurl has no memory");
  return multi;
}

void add(Lines& lines, const std::string& line) {
  curl_slist* longer = curl_slist_append(lines.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  if (!lines) lines.reset(longer);
}

void limit_time(CURL* easy, std::chrono::milliseconds timeout) {
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(timeout.count())));
}

std::string header_of(CURL* easy, const char* name) {
  curl_header* found = nullptr;
  if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
  return found->value;
}

int status_of(CURL* easy) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return status < 200 ? 0 : static_cast<int>(status);
}

std::string text_of(CURLcode code, const ErrorText& words) {
  // Its decoders say so of what they cannot read; and nothing of ours is written to a disk.
  if (code == CURLE_WRITE_ERROR) return "it cannot be decompressed";
  // It quotes the subject, which is whatever the server likes.
  if (std::string_view(words.data()).starts_with("SSL: certificate subject name"))
    return "its certificate is another host's";
  return one_line(words[0] != '\0' ? words.data() : curl_easy_strerror(code));
}

}  // namespace agreementd::fetchers
