#include "fetchers/curl_handle.h"

#include "fetchers/text.h"

namespace agreementd::fetchers {
namespace {

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl does not start");
}

void configure(CURL* easy, const Settings& settings) {
  set_option(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set_option(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set_option(easy, CURLOPT_NOSIGNAL, 1L);
  set_option(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set_option(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set_option(easy, CURLOPT_ACCEPT_ENCODING, "");  // all that this libcurl can decompress
  // A name server that does not answer must not hold up the one who cancels.
  set_option(easy, CURLOPT_QUICK_EXIT, 1L);
  set_option(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
  set_option(easy, CURLOPT_LOW_SPEED_LIMIT, settings.low_speed_bytes);
  set_option(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.low_speed_time.count()));
  set_option(easy, CURLOPT_USERAGENT, one_line(settings.user_agent).c_str());
  if (settings.ca_file.empty()) return;
  set_option(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  set_option(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

}  // namespace

Easy make_easy(const Settings& settings) {
  start_curl();
  Easy easy(curl_easy_init());
  if (!easy) throw std::runtime_error("libcurl has no memory");
  configure(easy.get(), settings);
  return easy;
}

Multi make_multi() {
  start_curl();
  Multi multi(curl_multi_init());
  if (!multi) throw std::runtime_error("libcurl has no memory");
  return multi;
}

}  // namespace agreementd::fetchers
