#include "fetchers/intake.h"

#include <algorithm>
#include <string_view>

namespace agreementd::fetchers {
namespace {

// Less than came ends the exchange.
std::size_t take(char* data, std::size_t, std::size_t size, void* to) noexcept {
  auto& body = *static_cast<Intake*>(to);
  const std::size_t taken = std::min(size, body.limit - body.bytes.size());
  body.bytes.append(data, taken);
  body.full = taken < size;
  return taken;
}

std::size_t count(char* data, std::size_t, std::size_t size, void* to) noexcept {
  auto& head = *static_cast<Head*>(to);
  const std::string_view line(data, size);
  head.size += size;
  // An interim answer, or a proxy's, has a head too.
  if (line.starts_with("HTTP/")) head.ended = false;
  if (line == "\r\n" || line == "\n") head.ended = true;
  return head.too_large() ? 0 : size;
}

}  // namespace

void take_body(CURL* easy, Intake& body) {
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
}

void count_head(CURL* easy, Head& head) {
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &count);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &head);
}

}  // namespace agreementd::fetchers
