#include "fetchers/text.h"

#include <algorithm>
#include <locale>
#include <memory>

#include <curl/curl.h>

namespace agreementd::fetchers {

std::string one_line(std::string_view text) {
  constexpr std::size_t longest = 300;
  std::string line(text.substr(0, longest));
  std::transform(line.begin(), line.end(), line.begin(), [](char c) {
    if (c >= ' ' && c <= '~') return c;
    return c >= '\0' && c < ' ' ? ' ' : '?';
  });
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string percent_decode(const std::string& text) {
  int length = 0;
  const std::unique_ptr<char, decltype(&curl_free)> decoded(
      curl_easy_unescape(nullptr, text.c_str(), static_cast<int>(text.size()), &length), curl_free);
  // curl reads a length of 0 as "count it yourself"
  return decoded && !text.empty() ? std::string(decoded.get(), static_cast<std::size_t>(length))
                                  : std::string();
}

bool is_utf8(const std::string& text) {
  using Decoder = std::codecvt<char32_t, char8_t, std::mbstate_t>;
  const auto& decoder = std::use_facet<Decoder>(std::locale::classic());
  std::mbstate_t state{};
  const auto* begin = reinterpret_cast<const char8_t*>(text.data());
  const auto read = decoder.length(state, begin, begin + text.size(), text.size());
  if (static_cast<std::size_t>(read) != text.size()) return false;
  // Halves of UTF-16 pairs (U+D800 to U+DFFF) pass for characters there.
  for (std::size_t at = 0; (at = text.find('\xED', at)) != std::string::npos; ++at)
    if (static_cast<unsigned char>(text[at + 1]) >= 0xA0) return false;
  return true;
}

std::optional<Instant> read_http_date(const std::string& text) {
  const std::time_t seconds = curl_getdate(text.c_str(), nullptr);
  if (seconds == -1) return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

}  // namespace agreementd::fetchers
